//! Reading aloud by the browser's own voice, where it has one for Chinese.
//!
//! Only voices on this computer: some browsers offer voices that send the text
//! to a server, and nothing of a dossier leaves the computer.

use gloo::events::EventListener;
use gloo::utils::window;
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice};

/// What reads aloud.
#[derive(Clone, Debug, PartialEq)]
pub struct Reader {
    synthesis: SpeechSynthesis,
    voice: SpeechSynthesisVoice,
}

fn synthesis() -> Option<SpeechSynthesis> {
    let there = Reflect::has(&window(), &JsValue::from_str("speechSynthesis")).unwrap_or(false);
    there.then(|| window().speech_synthesis().ok()).flatten()
}

/// A reader, if there is a local Chinese voice.
pub fn reader() -> Option<Reader> {
    let synthesis = synthesis()?;
    let voices = synthesis.get_voices();
    let voices = voices.iter().map(JsValue::unchecked_into::<SpeechSynthesisVoice>);
    let chinese = |voice: &SpeechSynthesisVoice| voice.local_service() && voice.lang().to_lowercase().starts_with("zh");
    let voice = voices
        .filter(chinese)
        .min_by_key(|voice| !voice.lang().eq_ignore_ascii_case("zh-CN"))?;
    Some(Reader { synthesis, voice })
}

/// Calls back when the browser has found its voices, while this lives.
pub fn on_voices(found: impl Fn() + 'static) -> Option<EventListener> {
    Some(EventListener::new(&synthesis()?.into(), "voiceschanged", move |_| {
        found()
    }))
}

impl Reader {
    /// Reads a text, a little slower than usual, and says when it is over.
    pub fn read(&self, text: &str, over: impl Fn() + Clone + 'static) {
        self.stop();
        let Ok(utterance) = SpeechSynthesisUtterance::new_with_text(text) else {
            return over();
        };
        utterance.set_voice(Some(&self.voice));
        utterance.set_lang(&self.voice.lang());
        utterance.set_rate(0.9);
        for end in ["end", "error"] {
            let over = over.clone();
            EventListener::once(&utterance, end, move |_| over()).forget();
        }
        self.synthesis.speak(&utterance);
    }

    /// Is silent at once.
    pub fn stop(&self) {
        self.synthesis.cancel();
    }
}
