"""The commands: name, where the function is, and the code of the line that says what it does.

`python -m baton` reads this table only; a command's module is loaded when the command is called.
"""

from typing import NamedTuple


class Row(NamedTuple):
    """One command: `target` is `module:function`, `about` and `example` are codes of the catalogue.

    `hands_on`: options that it does not know are not for it, but for the program that it calls.
    """

    target: str
    about: str
    example: str
    hands_on: bool = False


COMMANDS = {
    "demo": Row("baton.config.commands.demo:demo", "config.about_demo", "config.example_demo"),
    "init": Row("baton.config.commands.init:init", "config.about_init", "config.example_init"),
    "lint": Row("baton.config.commands.lint:lint", "config.about_lint", "config.example_lint"),
    "template": Row("baton.config.commands.template:template", "config.about_template", "config.example_template"),
    "import": Row("baton.config.commands.import_:import_", "config.about_import", "config.example_import"),
    "import-scheme": Row(
        "baton.config.commands.import_scheme:import_scheme",
        "config.about_import_scheme",
        "config.example_import_scheme",
    ),
    "score": Row("baton.config.commands.score:score", "config.about_score", "config.example_score"),
    "explain": Row("baton.config.commands.explain:explain", "config.about_explain", "config.example_explain"),
    "compare": Row("baton.config.commands.compare:compare", "config.about_compare", "config.example_compare"),
    "robust": Row("baton.config.commands.robust:robust", "config.about_robust", "config.example_robust"),
    "match": Row("baton.config.commands.match:match", "config.about_match", "config.example_match"),
    "measures": Row("baton.config.commands.measures:measures", "config.about_measures", "config.example_measures"),
    "targets": Row("baton.config.commands.targets:targets", "config.about_targets", "config.example_targets"),
    "visits": Row("baton.config.commands.visits:visits", "config.about_visits", "config.example_visits"),
    "verify": Row("baton.config.commands.verify:verify", "config.about_verify", "config.example_verify"),
    "audit": Row("baton.config.commands.audit:audit", "config.about_audit", "config.example_audit"),
    "county": Row("baton.config.commands.county:county", "config.about_county", "config.example_county"),
    "administrators": Row(
        "baton.config.commands.administrators:administrators",
        "config.about_administrators",
        "config.example_administrators",
    ),
    "readmit": Row("baton.config.commands.readmit:readmit", "config.about_readmit", "config.example_readmit"),
    "serve": Row("baton.config.commands.serve:serve", "config.about_serve", "config.example_serve"),
    "backup": Row("baton.config.commands.backup:backup", "config.about_backup", "config.example_backup"),
    "restore": Row("baton.config.commands.restore:restore", "config.about_restore", "config.example_restore"),
    "upgrade": Row("baton.config.commands.upgrade:upgrade", "config.about_upgrade", "config.example_upgrade"),
    "check": Row("baton.config.commands.check:check", "config.about_check", "config.example_check"),
    "worker": Row("baton.config.commands.worker:worker", "config.about_worker", "config.example_worker"),
    "reindex": Row("baton.config.commands.reindex:reindex", "config.about_reindex", "config.example_reindex"),
    "bundle": Row("baton.config.commands.bundle:bundle", "config.about_bundle", "config.example_bundle"),
    "manage": Row("baton.config.commands.manage:manage", "config.about_manage", "config.example_manage", hands_on=True),
    "schema": Row("baton.config.commands.schema:schema", "config.about_schema", "config.example_schema"),
}
