"""What a browser says it is, as far as the house believes it."""

import pytest

from baton.core.rules.browsers import is_phone

CHROME = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 {}Safari/537.36"


@pytest.mark.parametrize(
    "said",
    [
        CHROME.format("Linux; Android 10; K", "Mobile "),
        CHROME.format("Phone; OpenHarmony 5.0", "ArkWeb/4.1.6.1 Mobile "),
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.47",
        CHROME.format("Linux; Android 13; V2309A; wv", "Version/4.0 ") + " Mobile DingTalk/7.5.0",
    ],
)
def test_phones_say_so(said: str) -> None:
    assert is_phone(said)


@pytest.mark.parametrize(
    "said",
    [
        "",
        CHROME.format("Windows NT 6.1; Win64; x64", ""),
        CHROME.format("X11; Linux x86_64", "") + " UOS Professional",
        "Mozilla/5.0 (Windows NT 10.0) Chrome/116.0.0.0 Safari/537.36 MicroMessenger/3.9.10 WindowsWechat",
        "Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 Version/12.1 Mobile/15E148 Safari/604.1",
        CHROME.format("Linux; Android 13; BTK-W09", ""),
    ],
)
def test_computers_and_tablets_do_not(said: str) -> None:
    assert not is_phone(said)


def test_a_client_hint_is_believed_too() -> None:
    computer = CHROME.format("Linux; Android 10; K", "")
    assert is_phone(computer, "?1")
    assert not is_phone(computer, "?0")
