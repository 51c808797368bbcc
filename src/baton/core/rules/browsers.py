"""What a browser says it is (its User-Agent), as words of the catalogue can say it."""

_BROWSERS = (
    ("MicroMessenger", "wechat"),
    ("DingTalk", "dingtalk"),
    ("QIHU 360", "qihoo"),
    ("360SE", "qihoo"),
    ("360EE", "qihoo"),
    ("MetaSr", "sogou"),
    ("QQBrowser", "qq"),
    ("Qaxbrowser", "qianxin"),
    ("UOSBrowser", "uos"),
    ("UOS", "uos"),
    ("Edg", "edge"),
    ("OPR/", "opera"),
    ("Firefox/", "firefox"),
    ("HeadlessChrome/", "chrome"),
    ("Chrome/", "chrome"),
    ("Safari/", "safari"),
)
"""Marks, the telling ones first: almost every browser also calls itself Chrome and Safari."""
_SYSTEMS = (
    ("HarmonyOS", "harmony"),
    ("OpenHarmony", "harmony"),
    ("Android", "android"),
    ("iPhone", "ios"),
    ("iPad", "ios"),
    ("Windows", "windows"),
    ("Mac OS X", "mac"),
    ("Linux", "linux"),
)


def browser_of(said: str) -> tuple[str, str]:
    """Give browser and system as ends of codes (`account.browser_...`, `account.system_...`); `other` if unknown."""
    browser = next((name for mark, name in _BROWSERS if mark in said), "other")
    system = next((name for mark, name in _SYSTEMS if mark in said), "other")
    return browser, system


def is_phone(said: str, hint: str = "") -> bool:
    """Whether a browser says that it runs on a phone: by its User-Agent, or by the client hint `Sec-CH-UA-Mobile`.

    Both are the browser's own word: one that is set to ask for pages "as a computer" passes for a computer, which no
    server can tell. Tablets count as computers, for they have room for a table.
    """
    return hint.strip() == "?1" or ("Mobile" in said and "iPad" not in said) or "iPhone" in said
