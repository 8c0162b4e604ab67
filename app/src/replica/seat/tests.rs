use super::*;
use std::collections::VecDeque;

/// Tabs around one lock, as the browser would run them: messages and grants arrive later and in order.
struct Browser {
    tabs: Vec<Tab>,
    now: i64,
    holder: Option<usize>,
    queue: VecDeque<usize>,
    /// A tab that was robbed and goes on as before: the fault that the check must find.
    deaf_to_robbery: bool,
}

struct Tab {
    seat: Seat,
    visible: bool,
    frozen: bool,
    socket: bool,
    inbox: VecDeque<News>,
}

#[derive(Clone, Debug)]
enum News {
    Word(Word),
    Granted,
    Robbed,
    Left,
}

impl Browser {
    fn of(tabs: usize) -> Self {
        let tab = |number: usize| Tab {
            seat: Seat::new(number.to_string()),
            visible: number == 0,
            frozen: false,
            socket: false,
            inbox: VecDeque::new(),
        };
        let mut browser = Self {
            tabs: (0..tabs).map(tab).collect(),
            now: 0,
            holder: None,
            queue: VecDeque::new(),
            deaf_to_robbery: false,
        };
        for tab in 0..tabs {
            browser.act(tab, vec![Effect::Queue]);
        }
        browser
    }

    fn act(&mut self, tab: usize, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Say(word) => {
                    let others = (0..self.tabs.len()).filter(|other| *other != tab);
                    others.for_each(|other| self.tabs[other].inbox.push_back(News::Word(word.clone())));
                }
                Effect::Steal => {
                    if let Some(robbed) = self.holder.replace(tab) {
                        self.tabs[robbed].inbox.push_back(News::Robbed);
                    }
                    self.tabs[tab].inbox.push_back(News::Granted);
                }
                Effect::Queue => {
                    if !self.queue.contains(&tab) {
                        self.queue.push_back(tab);
                    }
                }
                Effect::Start => self.tabs[tab].socket = true,
                Effect::Stop => {
                    self.tabs[tab].socket = false;
                    self.tabs[tab].inbox.push_back(News::Left);
                }
            }
        }
        if self.holder.is_none()
            && let Some(next) = self.queue.pop_front()
        {
            self.holder = Some(next);
            self.tabs[next].inbox.push_back(News::Granted);
        }
    }

    /// Lets a tab do everything that waits for it, in its order, and look.
    fn run(&mut self, tab: usize) {
        if self.tabs[tab].frozen {
            return;
        }
        while let Some(news) = self.tabs[tab].inbox.pop_front() {
            if self.deaf_to_robbery && matches!(news, News::Robbed) {
                continue;
            }
            let event = match &news {
                News::Word(word) => Event::Heard(word),
                News::Granted => Event::Granted,
                News::Robbed => Event::Robbed,
                News::Left => Event::Left,
            };
            let visible = self.tabs[tab].visible;
            let effects = self.tabs[tab].seat.handle(event, self.now, visible);
            self.act(tab, effects);
        }
        let visible = self.tabs[tab].visible;
        let effects = self.tabs[tab].seat.handle(Event::Look, self.now, visible);
        self.act(tab, effects);
    }

    /// Lets everybody run for `seconds`.
    fn pass(&mut self, seconds: i64) {
        for _ in 0..seconds * 4 {
            self.now += 250;
            (0..self.tabs.len()).for_each(|tab| self.run(tab));
        }
    }

    fn sockets(&self) -> Vec<usize> {
        let open = |tab: &usize| self.tabs[*tab].socket && !self.tabs[*tab].frozen;
        (0..self.tabs.len()).filter(open).collect()
    }

    fn show(&mut self, tab: usize) {
        (0..self.tabs.len()).for_each(|other| self.tabs[other].visible = other == tab);
    }
}

#[test]
fn the_tab_that_is_shown_gets_the_socket_from_a_hidden_one_at_once() {
    let mut browser = Browser::of(3);
    browser.pass(1);
    assert_eq!(browser.sockets(), [0]);
    browser.show(2);
    browser.pass(3);
    assert_eq!(browser.sockets(), [2]);
    browser.show(0);
    browser.pass(3);
    assert_eq!(browser.sockets(), [0]);
}

#[test]
fn of_two_tabs_that_are_both_seen_the_first_keeps_it() {
    let mut browser = Browser::of(2);
    browser.tabs[1].visible = true;
    browser.pass(20);
    assert_eq!(browser.sockets(), [0]);
}

#[test]
fn a_tab_that_is_frozen_loses_it_and_does_not_take_it_back() {
    let mut browser = Browser::of(2);
    browser.pass(1);
    browser.tabs[1].visible = true;
    browser.tabs[0].frozen = true;
    browser.pass(6);
    assert_eq!(browser.sockets(), [1]);
    browser.tabs[0].frozen = false;
    browser.pass(10);
    assert_eq!(browser.sockets(), [1], "awake again, it sees that it was robbed");
}

#[test]
fn a_hidden_tab_asks_for_nothing() {
    let mut browser = Browser::of(2);
    browser.pass(1);
    browser.tabs[0].frozen = true;
    browser.pass(60);
    assert_eq!(browser.sockets(), Vec::<usize>::new());
    assert!(browser.tabs[0].inbox.is_empty());
}

/// Runs `seed` and tells whether two awake tabs ever had sockets at once after everybody had heard, or nobody had one though
/// somebody looked.
fn goes_wrong(seed: u64, deaf_to_robbery: bool) -> bool {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut random = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below) as usize
    };
    let mut browser = Browser::of(4);
    browser.deaf_to_robbery = deaf_to_robbery;
    for _ in 0..40 {
        let tab = random(4);
        match random(4) {
            0 => browser.show(tab),
            1 => browser.tabs[tab].visible = !browser.tabs[tab].visible,
            2 => browser.tabs[tab].frozen = true,
            _ => browser.tabs[tab].frozen = false,
        }
        for _ in 0..random(30) {
            browser.now += 100;
            let tab = random(4);
            browser.run(tab);
        }
    }
    let shown = random(4);
    browser.show(shown);
    browser.tabs[shown].frozen = false;
    browser.pass(15);
    browser.sockets() != [shown]
}

#[test]
fn whatever_happened_the_tab_that_is_seen_alone_has_the_only_socket() {
    let wrong: Vec<u64> = (0..2_000).filter(|seed| goes_wrong(*seed, false)).collect();
    assert_eq!(wrong, Vec::<u64>::new());
}

#[test]
fn a_tab_that_did_not_hear_of_robbery_would_be_found() {
    assert!((0..2_000).any(|seed| goes_wrong(seed, true)));
}
