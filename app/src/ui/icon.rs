//! Line icons on a 24-unit square.

use leptos::prelude::*;

/// The name of an icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says what it shows")]
pub enum Glyph {
    Back,
    Backspace,
    Chart,
    Check,
    Clock,
    Close,
    Day,
    Eye,
    Find,
    Forward,
    Heart,
    Home,
    Info,
    List,
    Lock,
    Me,
    Offline,
    Paper,
    Pen,
    People,
    Phone,
    Pill,
    Plus,
    Print,
    Scan,
    Settings,
    Shield,
    Star,
    Sync,
    Trash,
    Undo,
    Upload,
    Warn,
}

impl Glyph {
    /// Returns the outline as SVG path data.
    pub fn path(self) -> &'static str {
        match self {
            Self::Back => "M15 5l-7 7 7 7",
            Self::Backspace => "M9 5h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H9l-6-7zM12 9.5l5 5M17 9.5l-5 5",
            Self::Chart => "M4 4v16h16M7.5 15l3.5-4 3 2.5L19 8",
            Self::Check => "M5 12.5l4.7 4.7L19.5 7.3",
            Self::Clock => "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2",
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Day => {
                "M6 5h12a2.5 2.5 0 0 1 2.5 2.5v10A2.5 2.5 0 0 1 18 20H6a2.5 2.5 0 0 1-2.5-2.5v-10A2.5 2.5 0 0 1 6 5zM3.5 10h17M8 3v4M16 3v4"
            }
            Self::Eye => {
                "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z"
            }
            Self::Find => "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM20 20l-4-4",
            Self::Forward => "M9 5l7 7-7 7",
            Self::Heart => {
                "M12 20s-7.5-4.6-7.5-10A4.3 4.3 0 0 1 12 7a4.3 4.3 0 0 1 7.5 3c0 5.4-7.5 10-7.5 10z"
            }
            Self::Home => "M3 11l9-7 9 7v9a1 1 0 0 1-1 1h-5v-6H9v6H4a1 1 0 0 1-1-1z",
            Self::Info => "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5.5M12 7.6v.2",
            Self::List => "M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01",
            Self::Lock => {
                "M7 10.5h10a2 2 0 0 1 2 2V18a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2v-5.5a2 2 0 0 1 2-2zM8 10.5V8a4 4 0 0 1 8 0v2.5"
            }
            Self::Me => "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c0-4 3.6-7 8-7s8 3 8 7",
            Self::Offline => {
                "M3.5 3.5l17 17M8.5 16a5 5 0 0 1 7 0M5.5 12.5a9.5 9.5 0 0 1 4-2.3M14 10.1a9.5 9.5 0 0 1 4.5 2.4M2.5 9a14 14 0 0 1 4-2.6M10.5 5.1A14 14 0 0 1 21.5 9M12 19.5h.01"
            }
            Self::Paper => "M6.5 3h7.5l4.5 4.5V21h-12zM14 3v4.5h4.5M9.5 12.5h6M9.5 16.5h6",
            Self::Pen => "M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM13.5 7l3.5 3.5",
            Self::People => {
                "M9 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM3 20c0-3.5 2.7-6 6-6s6 2.5 6 6M16 5.2a3.3 3.3 0 0 1 0 6M17.5 14.5c2.2.7 3.5 2.8 3.5 5.5"
            }
            Self::Phone => {
                "M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a2 2 0 0 1-2 2A15 15 0 0 1 3 6a2 2 0 0 1 2-2z"
            }
            Self::Pill => {
                "M5 19a4.6 4.6 0 0 1 0-6.5L12.5 5A4.6 4.6 0 0 1 19 11.5L11.5 19A4.6 4.6 0 0 1 5 19zM8.8 8.7l6.5 6.5"
            }
            Self::Plus => "M12 5v14M5 12h14",
            Self::Print => "M7 8.5V3.5h10v5M7 17H4.5V8.5h15V17H17M7 14h10v6.5H7z",
            Self::Scan => {
                "M4 8V5.5A1.5 1.5 0 0 1 5.5 4H8M16 4h2.5A1.5 1.5 0 0 1 20 5.5V8M20 16v2.5a1.5 1.5 0 0 1-1.5 1.5H16M8 20H5.5A1.5 1.5 0 0 1 4 18.5V16M4 12h16"
            }
            Self::Settings => {
                "M4 7h9M17 7h3M4 17h3M11 17h9M15 5a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM9 15a2 2 0 1 0 0 4 2 2 0 0 0 0-4z"
            }
            Self::Shield => "M12 3l7.5 3v5.5c0 4.5-3 8-7.5 9.5-4.5-1.5-7.5-5-7.5-9.5V6zM8.5 12l2.5 2.5 4.5-5",
            Self::Star => "M12 3.5l2.6 5.3 5.9.9-4.2 4.1 1 5.8-5.3-2.8-5.3 2.8 1-5.8L3.5 9.7l5.9-.9z",
            Self::Sync => {
                "M20 11.5a8 8 0 0 0-14.3-4.4L4 9M4 4.5V9h4.5M4 12.5a8 8 0 0 0 14.3 4.4L20 15M20 19.5V15h-4.5"
            }
            Self::Trash => "M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13M10.5 11v5M13.5 11v5",
            Self::Undo => "M8.5 5L4.5 9l4 4M4.5 9h9.5a5.5 5.5 0 0 1 0 11H9",
            Self::Upload => "M12 16V5M7.5 9.5L12 5l4.5 4.5M4.5 16v3.5h15V16",
            Self::Warn => "M12 4l9 16H3zM12 10v4.5M12 17.3v.2",
        }
    }
}

/// An icon beside words; readers pass over it.
#[component]
pub fn Icon(
    /// Which one.
    #[prop(into)]
    name: Signal<Glyph>,
) -> impl IntoView {
    view! {
        <svg class="line" viewBox="0 0 24 24" aria-hidden="true">
            <path d=move || name.get().path()></path>
        </svg>
    }
}
