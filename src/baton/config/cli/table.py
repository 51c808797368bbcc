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
    "demo": Row("baton.config.commands.demo:demo", "commands.about_demo", "commands.example_demo"),
    "init": Row("baton.config.commands.init:init", "commands.about_init", "commands.example_init"),
    "lint": Row("baton.config.commands.lint:lint", "commands.about_lint", "commands.example_lint"),
    "template": Row("baton.config.commands.template:template", "commands.about_template", "commands.example_template"),
    "import": Row("baton.config.commands.import_:import_", "commands.about_import", "commands.example_import"),
    "import-scheme": Row(
        "baton.config.commands.import_scheme:import_scheme",
        "commands.about_import_scheme",
        "commands.example_import_scheme",
    ),
    "score": Row("baton.config.commands.score:score", "commands.about_score", "commands.example_score"),
    "explain": Row("baton.config.commands.explain:explain", "commands.about_explain", "commands.example_explain"),
    "compare": Row("baton.config.commands.compare:compare", "commands.about_compare", "commands.example_compare"),
    "robust": Row("baton.config.commands.robust:robust", "commands.about_robust", "commands.example_robust"),
    "match": Row("baton.config.commands.match:match", "commands.about_match", "commands.example_match"),
    "measures": Row("baton.config.commands.measures:measures", "commands.about_measures", "commands.example_measures"),
    "targets": Row("baton.config.commands.targets:targets", "commands.about_targets", "commands.example_targets"),
    "visits": Row("baton.config.commands.visits:visits", "commands.about_visits", "commands.example_visits"),
    "verify": Row("baton.config.commands.verify:verify", "commands.about_verify", "commands.example_verify"),
    "audit": Row("baton.config.commands.audit:audit", "commands.about_audit", "commands.example_audit"),
    "county": Row("baton.config.commands.county:county", "commands.about_county", "commands.example_county"),
    "administrators": Row(
        "baton.config.commands.administrators:administrators",
        "commands.about_administrators",
        "commands.example_administrators",
    ),
    "readmit": Row("baton.config.commands.readmit:readmit", "commands.about_readmit", "commands.example_readmit"),
    "serve": Row("baton.config.commands.serve:serve", "commands.about_serve", "commands.example_serve"),
    "backup": Row("baton.config.commands.backup:backup", "commands.about_backup", "commands.example_backup"),
    "restore": Row("baton.config.commands.restore:restore", "commands.about_restore", "commands.example_restore"),
    "upgrade": Row("baton.config.commands.upgrade:upgrade", "commands.about_upgrade", "commands.example_upgrade"),
    "check": Row("baton.config.commands.check:check", "commands.about_check", "commands.example_check"),
    "worker": Row("baton.config.commands.worker:worker", "commands.about_worker", "commands.example_worker"),
    "reindex": Row("baton.config.commands.reindex:reindex", "commands.about_reindex", "commands.example_reindex"),
    "bundle": Row("baton.config.commands.bundle:bundle", "commands.about_bundle", "commands.example_bundle"),
    "manage": Row(
        "baton.config.commands.manage:manage", "commands.about_manage", "commands.example_manage", hands_on=True
    ),
    "schema": Row("baton.config.commands.schema:schema", "commands.about_schema", "commands.example_schema"),
}
