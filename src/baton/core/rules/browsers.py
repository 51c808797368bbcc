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
