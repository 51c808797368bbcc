"""The file that turns on messages outside."""

from pathlib import Path

from baton.config.channels import channels_of, mailers_of


def test_without_a_file_nothing_goes_out(tmp_path: Path) -> None:
    assert channels_of(tmp_path) == {}
    assert mailers_of({}) == {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}


def test_a_mail_channel_is_cut_into_sender_and_server(tmp_path: Path) -> None:
    written = '[post]\nkind = "mail"\nsender = "b@c.example"\nhost = "10.0.0.5"\nport = 25\n[group]\nkind = "wecom"\n'
    (tmp_path / "channels.toml").write_text(written, "utf-8")
    channels = channels_of(tmp_path)
    mailers = mailers_of(channels)
    assert channels["post"] == {"kind": "mail", "sender": "b@c.example", "mailer": "post"}
    assert channels["group"] == {"kind": "wecom"}
    assert mailers["post"]["OPTIONS"] == {"timeout": 10, "host": "10.0.0.5", "port": 25}
    assert "dummy" in mailers["default"]["BACKEND"]
