//! A port to another worker, as something to wait on.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, MessageEvent, MessagePort};

/// What came from the other end, and who waits for more.
#[derive(Default)]
struct Inbox {
    messages: VecDeque<JsValue>,
    waiting: Option<Function>,
}

/// This end.
pub(super) struct Link {
    port: MessagePort,
    inbox: Rc<RefCell<Inbox>>,
    _listener: Closure<dyn FnMut(MessageEvent)>,
}

impl Link {
    pub(super) fn new(port: MessagePort) -> Self {
        let inbox = Rc::<RefCell<Inbox>>::default();
        let listener = {
            let inbox = inbox.clone();
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                let mut inbox = inbox.borrow_mut();
                inbox.messages.push_back(event.data());
                if let Some(resolve) = inbox.waiting.take() {
                    // Resolving cannot fail.
                    let _ = resolve.call0(&JsValue::NULL);
                }
            })
        };
        port.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        Self {
            port,
            inbox,
            _listener: listener,
        }
    }

    /// Sends something; `moved` is no longer here then.
    ///
    /// # Errors
    /// Where the message cannot be sent.
    pub(super) fn send(&self, message: &JsValue, moved: &[&JsValue]) -> Result<(), JsValue> {
        let moved: Array = moved.iter().collect();
        self.port.post_message_with_transferable(message, &moved)
    }

    /// What came, where something did by the last turn of the event loop.
    pub(super) fn came(&self) -> Option<JsValue> {
        self.inbox.borrow_mut().messages.pop_front()
    }

    /// What comes next.
    pub(super) async fn next(&self) -> JsValue {
        loop {
            if let Some(message) = self.came() {
                return message;
            }
            let coming = Promise::new(&mut |resolve, _| self.inbox.borrow_mut().waiting = Some(resolve));
            // Nothing rejects it.
            let _ = JsFuture::from(coming).await;
        }
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.port.set_onmessage(None);
        self.port.close();
    }
}

/// What lets messages be heard while bytes pass. Bytes that the browser holds
/// ready are handed out without a turn of the event loop between, and whatever
/// was posted meanwhile would wait until the file is over. A timer would do, but
/// for its least time.
pub(super) struct Turn {
    to: MessagePort,
    from: Link,
}

impl Turn {
    /// # Errors
    /// Where the browser makes no channel.
    pub(super) fn new() -> Result<Self, JsValue> {
        let channel = MessageChannel::new()?;
        Ok(Self {
            to: channel.port1(),
            from: Link::new(channel.port2()),
        })
    }

    /// Waits for the end of this turn.
    ///
    /// # Errors
    /// As [`Link::send`].
    pub(super) async fn over(&self) -> Result<(), JsValue> {
        self.to.post_message(&JsValue::NULL)?;
        self.from.next().await;
        Ok(())
    }
}
