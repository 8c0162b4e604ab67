//! Everyday complaints that were once misread.

use super::language::{does_not_read, reads};
use super::load::advisor;
use decision::advise::Case;
use decision::knowledge::Level;
use decision::model::{Person, Sex, State};

fn case(age_years: u32, sex: Sex, text: &str) -> Case {
    let person = Person { age_months: Some(age_years * 12), sex: Some(sex), ..Person::default() };
    let mut case = Case { person, ..Case::default() };
    case.add(advisor().knowledge(), &advisor().read(text));
    case
}

fn flags(case: &Case) -> Vec<&'static str> {
    let all = &advisor().knowledge().red_flags;
    advisor().advise(case).red_flags.iter().map(|one| all[one.red_flag].id.as_str()).collect()
}

#[test]
fn the_word_for_suddenly_behind_an_eye_is_no_bulging_eye() {
    for text in ["右眼突然看不见", "右眼突然看不清了"] {
        reads(text, &["vision_loss_sudden"], &[]);
        does_not_read(text, &["exophthalmos"]);
    }
}

#[test]
fn eye_drops_and_a_blood_pressure_are_no_chemical_in_the_eye() {
    for text in ["眼睛红，点眼药水三天没好", "打农药回来点眼药水", "血压184/90眼花"]
    {
        does_not_read(text, &["eye_chemical"]);
    }
    reads("农药溅到眼睛里", &["eye_chemical"], &[]);
}

#[test]
fn a_pulse_now_quick_now_slow_is_irregular_and_not_quick() {
    for text in ["脉搏快慢不齐", "脉搏快慢不一，跳跳停停"] {
        reads(text, &["irregular_pulse"], &[]);
        does_not_read(text, &["tachycardia"]);
    }
}

#[test]
fn a_severe_headache_is_a_thunderclap_only_if_it_came_suddenly() {
    reads("剧烈头痛两天", &["severe_headache"], &[]);
    does_not_read("剧烈头痛两天", &["thunderclap_headache"]);
    reads("突然剧烈头痛", &["thunderclap_headache"], &[]);
    reads("头痛剧烈，突然发生的", &["thunderclap_headache"], &[]);
    assert!(advisor().advise(&case(45, Sex::Male, "剧烈头痛两天")).triage.level >= Level::Day);
    assert!(advisor().advise(&case(45, Sex::Male, "剧烈头痛伴呕吐两天")).triage.level >= Level::Emergency);
}

#[test]
fn how_bad_a_headache_is_counts_in_every_wording() {
    for text in ["头疼得厉害", "头痛得厉害", "脑壳痛得凶", "头痛非常厉害", "脑壳痛得恼火"]
    {
        reads(text, &["severe_headache"], &[]);
    }
    for text in ["头有点疼", "头疼不厉害", "头疼，咳嗽得厉害", "头不是很疼"] {
        does_not_read(text, &["severe_headache"]);
    }
}

/// Answers every question alike and returns the level at the end.
fn level_when_denied(mut case: Case) -> Level {
    loop {
        let answer = advisor().advise(&case);
        let Some(question) = answer.question else { return answer.triage.level };
        case.findings.push((question.finding, State::Absent));
        case.asked += 1;
    }
}

#[test]
fn a_new_headache_with_blurred_sight_is_seen_the_same_day_whatever_is_denied() {
    for age in [8, 30, 60] {
        for text in ["头疼得厉害，看东西模糊", "头痛两天，看东西模糊"] {
            assert!(level_when_denied(case(age, Sex::Female, text)) >= Level::Day, "{text} at {age}");
        }
    }
    let nobody =
        Case { person: Person::default(), ..case(30, Sex::Male, "头疼得厉害，看东西模糊") };
    assert!(level_when_denied(nobody) >= Level::Day);
}

#[test]
fn an_old_headache_or_weak_eyes_are_not_made_urgent() {
    for (age, text) in [
        (14, "看黑板看不清，看书久了头疼，有大半年了"),
        (38, "偏头痛好多年，这次又犯了，疼前眼前冒金星，看东西模糊一会儿，跟以前一样"),
        (56, "看近处模糊两三年，看久了头胀"),
        (45, "头疼，看东西清楚"),
    ] {
        let level = level_when_denied(case(age, Sex::Female, text));
        assert!(level <= Level::Appointment, "{text}: {level:?}");
    }
}

#[test]
fn what_was_told_with_a_length_is_not_asked_as_a_longer_one() {
    let longer = ["chronic_cough", "cough_over_two_weeks", "symptom_months", "prolonged_fever"];
    for text in ["咳嗽三天", "咳嗽三天，发烧两天", "头晕，没力气两天"] {
        let mut case = case(58, Sex::Male, text);
        while let Some(question) = advisor().advise(&case).question {
            let id = advisor().knowledge().findings[question.finding].id.as_str();
            assert!(!longer.contains(&id), "{text}: {id}");
            case.findings.push((question.finding, State::Absent));
            case.asked += 1;
        }
        assert!(case.asked > 0, "{text}");
    }
}

#[test]
fn a_cephalosporin_and_a_drink_belong_together_across_a_comma() {
    let told = "吃了头孢三天，今天喝了二两白酒，脸通红，心慌，胸口闷";
    reads(told, &["cephalosporin_alcohol", "alcohol_intake_now", "facial_flushing"], &[]);
    assert_eq!(advisor().advise(&case(40, Sex::Female, told)).triage.level, Level::Ambulance);
    for text in ["吃了头孢三天，没有喝酒", "吃头孢的时候没喝酒", "吃了头孢三天。上个月喝酒"]
    {
        let flags = flags(&case(40, Sex::Female, text));
        assert!(!flags.contains(&"disulfiram"), "{text}: {flags:?}");
    }
}

#[test]
fn an_angina_that_comes_oftener_and_at_rest_is_found_in_plain_words() {
    let told = "心口窝堵，走路快了就憋气，歇两分钟就好，这半个月发得勤，昨晚躺着也发了一回，出了汗";
    assert!(advisor().advise(&case(66, Sex::Female, told)).triage.level >= Level::Emergency);
    does_not_read("癫痫这半个月发得勤", &["angina_worsening", "chest_pain"]);
}

#[test]
fn a_low_glucose_in_somebody_awake_is_an_emergency_and_with_confusion_an_ambulance() {
    let level = |text: &str| advisor().advise(&case(67, Sex::Female, text)).triage.level;
    assert_eq!(level("吃了降糖药没吃饭，心慌手抖出虚汗，测血糖3.2，吃了两块糖好点了"), Level::Emergency);
    assert_eq!(level("吃了降糖药没吃饭，出冷汗，血糖2.6"), Level::Ambulance);
    assert_eq!(level("吃了降糖药没吃饭，人糊涂了，血糖3.2"), Level::Ambulance);
}

#[test]
fn months_of_a_pregnancy_are_no_length_of_an_illness() {
    does_not_read("怀起八个月了，脚肿，这两天脑壳痛，眼睛有点花", &["symptom_months"]);
    reads("怀起八个月了，脚肿，这两天脑壳痛，眼睛有点花", &["pregnancy_known", "blurred_vision"], &[]);
}

#[test]
fn what_a_village_doctor_hears_is_understood() {
    for (text, findings) in [
        ("脑壳昏，看东西花", &["dizziness", "blurred_vision"][..]),
        ("晚上起来屙尿四五道，尿线细", &["nocturia", "weak_stream"]),
        ("右边耳朵掏了以后痛，一扯耳朵更痛", &["ear_picking", "ear_pain", "ear_pull_pain"]),
        ("屙尿痛，老想屙", &["dysuria", "frequent_urination"]),
        ("满月的毛毛发烧，不怎么吃奶", &["fever", "poor_feeding"]),
        ("白带多，豆腐渣一样，下身痒得坐不住", &["curdy_discharge", "vulvar_itch"]),
        ("这三天痰多变黄，喘得比平时凶", &["dyspnea", "purulent_sputum"]),
        ("身上起一片一片红疙瘩，痒得很，昨晚吃了虾", &["wheals", "itching"]),
        ("心慌手抖出虚汗", &["palpitations", "tremor", "sweating_cold"]),
        ("降压药断了五天", &["stopped_medicine"]),
        ("降压药三天没吃了", &["stopped_medicine"]),
    ] {
        reads(text, findings, &[]);
    }
    reads("身上痒，不喘，嘴巴没肿", &[], &["angioedema"]);
    does_not_read("吃了降糖药没吃饭，心慌", &["stopped_medicine"]);
    does_not_read("突然咳嗽，没卡到东西", &["dysphagia"]);
    does_not_read("耳朵流点黄水", &["honey_crusts"]);
    does_not_read("下身痒得坐不住", &["hyperactivity"]);
    does_not_read("眼白上一片红，不疼", &["skin_red_hot"]);
}

#[test]
fn neither_hurting_nor_itching_is_no_itch() {
    reads("脖子上起了个疙瘩，不痛不痒", &[], &["itching"]);
    reads("背上一个肿块不痛不痒", &["subcutaneous_lump"], &["itching"]);
}

#[test]
fn words_on_both_sides_of_a_list_sign_make_nothing_together() {
    reads("恶心呕吐、肉眼血尿一天", &["nausea", "vomiting", "hematuria"], &[]);
    does_not_read("恶心呕吐、肉眼血尿一天", &["hematemesis"]);
    reads("吐了两口血", &["hematemesis"], &[]);
}

#[test]
fn and_is_no_part_of_a_word() {
    reads("肚子和大腿都疼", &["abdominal_pain", "limb_pain"], &[]);
    does_not_read("前胸肚子和大腿起了一片红疹子", &["obesity"]);
    reads("前胸肚子和大腿起了一片红疹子", &["rash"], &[]);
}

#[test]
fn how_often_the_bowels_move_tells_constipation_from_diarrhea() {
    for text in ["大便三四天一次，很干", "三四天解一次大便", "大便一周一次"] {
        reads(text, &["constipation"], &[]);
        does_not_read(text, &["diarrhea"]);
    }
    does_not_read("大便一天一次", &["diarrhea", "constipation"]);
    for text in ["大便一天四五次", "一天拉了七八趟", "拉了12次", "大便十来次"] {
        reads(text, &["diarrhea"], &[]);
    }
}

#[test]
fn a_high_pillow_is_no_want_of_breath_unless_it_is_needed() {
    does_not_read("枕头高了脖子疼", &["orthopnea"]);
    reads("晚上要垫高枕头才能睡", &["orthopnea"], &[]);
}

#[test]
fn the_belly_of_the_calf_is_not_the_belly() {
    for text in ["小腿肚压痛", "小腿肚有压痛", "小腿肚子按着疼"] {
        does_not_read(text, &["abdominal_tenderness", "abdominal_pain"]);
    }
}

#[test]
fn a_feverish_child_that_drools_needs_more_than_that_for_an_ambulance() {
    assert!(!flags(&case(3, Sex::Male, "发烧，流口水，长牙呢")).contains(&"kid_retropharyngeal"));
    for text in ["高烧，流口水，脖子歪着不敢转", "发烧流口水，咽不下", "发烧，流口水，吸气有响声"]
    {
        let case = case(3, Sex::Male, text);
        assert!(flags(&case).contains(&"kid_retropharyngeal"), "{text}");
        assert_eq!(advisor().advise(&case).triage.level, Level::Ambulance, "{text}");
    }
}

#[test]
fn what_stands_behind_another_part_is_not_of_the_part_before() {
    does_not_read("脚肿，脸黑瘦", &["foot_ulcer"]);
    reads("手被蜜蜂蛰了一下，肿了一点", &["bee_sting"], &[]);
}

#[test]
fn a_relative_by_a_country_word_is_a_relative() {
    does_not_read("爹有糖尿病，我最近口干", &["history_diabetes"]);
    does_not_read("他爹是肺癌走的，自己咳嗽", &["history_cancer"]);
    does_not_read("娘有乳腺癌", &["history_cancer"]);
    reads("姑娘发烧三天", &["fever"], &[]);
}

#[test]
fn last_month_is_past_and_a_fever_that_went_down_is_gone() {
    reads("上个月发过烧，现在不烧了，就是干咳二十多天", &["cough_over_two_weeks"], &["fever"]);
    reads("烧退了，还咳", &["cough"], &["fever"]);
    reads("上个月开始咳嗽", &["cough"], &[]);
    reads("咳嗽没有了，痰没有了，就剩下没劲", &["fatigue"], &["cough", "productive_cough"]);
}

#[test]
fn what_villagers_say_is_understood() {
    for (text, findings) in [
        ("撒尿费劲，滴滴拉拉，夜里起来四五回", &["weak_stream", "nocturia"][..]),
        ("睡觉胸口闷醒了", &["paroxysmal_nocturnal_dyspnea"]),
        ("走几步路小腿就疼", &["claudication"]),
        ("头疼恶心", &["headache", "nausea"]),
        ("光流口水不吃饭", &["drooling", "poor_appetite"]),
        ("流口水，瞳孔小", &["pinpoint_pupils"]),
        ("剖腹产后十天，奶子胀疼", &["postpartum", "breast_pain"]),
        ("听力一天不如一天", &["hearing_loss"]),
        ("村里好多人都这样", &["contact_similar_illness"]),
        ("大便里有小白虫", &["worms_in_stool"]),
        ("嗓子哑了两个月", &["hoarseness_over_three_weeks"]),
        ("右腿串着麻到脚", &["leg_radiating_pain"]),
        ("看东西像隔层雾", &["blurred_vision"]),
        ("吃阿莫西林第三天，身上起红点", &["new_drug", "rash"]),
        ("大腿下面疼得厉害不让碰，发高烧", &["severe_limb_pain", "high_fever"]),
        ("骑车摔了，当时昏了几分钟", &["loss_of_consciousness_injury"]),
    ] {
        reads(text, findings, &[]);
    }
    does_not_read("割麦子中暑了，皮肤烫不出汗", &["burn"]);
    does_not_read("痔疮犯了，外面一个硬疙瘩疼", &["facial_sinus_pain"]);
    does_not_read("大便里有小白虫", &["pale_stool"]);
}

#[test]
fn weeks_of_pregnancy_say_early_late_before_and_at_term() {
    let place = |id: &str| advisor().knowledge().place(id).unwrap();
    let kinds = ["early_pregnancy", "late_pregnancy", "preterm_weeks", "term_weeks"];
    for (weeks, wanted) in [
        (Some(8), &["early_pregnancy"][..]),
        (Some(13), &["early_pregnancy"]),
        (Some(16), &[]),
        (Some(24), &["preterm_weeks"]),
        (Some(28), &["late_pregnancy", "preterm_weeks"]),
        (Some(36), &["late_pregnancy", "preterm_weeks"]),
        (Some(37), &["late_pregnancy", "term_weeks"]),
        (None, &[]),
    ] {
        let mut pregnant = case(28, Sex::Female, "肚子一阵一阵发紧");
        pregnant.person.pregnant = Some(true);
        pregnant.pregnant_weeks = weeks;
        let states = advisor().advise(&pregnant).states;
        assert_eq!(states[place("pregnancy_known")], State::Present);
        for kind in kinds {
            let is = states[place(kind)] == State::Present;
            assert_eq!(is, wanted.contains(&kind), "{kind} at {weeks:?}");
        }
    }
    let told = case(28, Sex::Female, "怀孕38周，肚子疼");
    assert_eq!(advisor().advise(&told).states[place("term_weeks")], State::Present);
}

#[test]
fn a_cold_sweat_alone_is_looked_at_at_once_and_calls_no_ambulance() {
    for age in [60, 75] {
        let level = |text: &str| advisor().advise(&case(age, Sex::Male, text)).triage.level;
        for text in ["出冷汗", "突然出一身冷汗", "大汗淋漓"] {
            assert_eq!(level(text), Level::Emergency, "{age} {text}");
        }
        // Who always sweats from weakness has a habit and no attack.
        for text in ["老是出虚汗", "动不动就出虚汗", "虚汗多"] {
            assert!(level(text) < Level::Emergency, "{age} {text}");
        }
        assert_eq!(level("出冷汗，胸闷"), Level::Ambulance);
        for text in ["出虚汗", "心慌，出虚汗，手抖", "没吃早饭，出虚汗，手抖"] {
            assert!(level(text) >= Level::Emergency, "{age} {text} {:?}", level(text));
        }
    }
}
