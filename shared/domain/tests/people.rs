//! Names in initials, search, masks.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use domain::base::{mask_id_number, mask_phone};
use domain::people::{SearchRow, initials, matches, search::rank};

#[track_caller]
fn check_initials(name: &str, expected: &str) {
    assert_eq!(initials(name), expected, "{name}");
}

#[test]
fn initials_read_surnames_as_surnames() {
    check_initials("张伟", "zw");
    check_initials("单雄信", "sxx");
    check_initials("曾国藩", "zgf");
    check_initials("解缙", "xj");
    check_initials("仇英", "qy");
    check_initials("区大相", "odx");
    check_initials("查良镛", "zly");
    check_initials("朴树", "ps");
    check_initials("盖叫天", "gjt");
    check_initials("覃塘", "qt");
    check_initials("欧阳修", "oyx");
    check_initials("吕布", "lb");
    check_initials("乐毅", "yy");
    check_initials("种师道", "csd");
}

#[test]
fn initials_keep_latin_letters_and_drop_marks() {
    check_initials("阿依·古丽", "aygl");
    check_initials("李A 1", "la1");
    check_initials("", "");
}

#[test]
fn the_hundred_commonest_surnames_have_initials() {
    let surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常";
    let read = "wlzlcyhzwzxsmzhghlglzlxstxhdfcpzxtdpycjyydycwsldrlyszjctlfwlsjwjxffzxbmqqhjyxydllls";
    let all: String = surnames.chars().map(|surname| initials(&surname.to_string())).collect();
    assert_eq!(all.len(), surnames.chars().count());
    assert!(all.starts_with(read), "{all}");
}

fn row() -> SearchRow<'static> {
    SearchRow { name: "杨秀英", initials: "yxy", phone: "13800138000", id_tail: "002X" }
}

#[track_caller]
fn check_found(query: &str, expected: bool) {
    assert_eq!(matches(query, &row()), expected, "{query}");
}

#[test]
fn a_person_is_found_by_name_initials_phone_and_id_end() {
    for query in [
        "",
        "杨",
        "秀英",
        "yxy",
        "YX",
        "xy",
        "138",
        "8000",
        "0138",
        "002x",
        "02X",
        "11010519491231002X",
        " yxy 8000 ",
    ] {
        check_found(query, true);
    }
    for query in ["李", "zw", "yxyz", "999", "1234", "yxy 999", "13", "2X"] {
        check_found(query, false);
    }
}

#[test]
fn better_matches_come_first() {
    assert!(rank("yxy", &row()) < rank("yx", &row()));
    assert!(rank("yx", &row()) < rank("xy", &row()));
    assert!(rank("杨秀英", &row()) < rank("杨", &row()));
}

#[test]
fn masks_show_head_and_tail() {
    assert_eq!(mask_id_number("11010519491231002X"), "110105********002X");
    assert_eq!(mask_phone("13800138000"), "138****8000");
    assert_eq!(mask_phone("123456"), "******", "what is short is hidden whole");
}
