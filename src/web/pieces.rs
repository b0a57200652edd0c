//! A file's bytes, piece by piece: read from the file, or handed on by the
//! worker with the portion before, and handed on to the worker with the portion
//! after, which may join in the middle. The memory they came in goes back the same way and is filled again,
//! so that neither side runs ahead and what the browser holds does not grow
//! with the file.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Array, ArrayBuffer, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, MessageChannel, MessageEvent, MessagePort, ReadableStreamByobReader, ReadableStreamDefaultReader};

/// Bytes of a piece.
const PIECE: u32 = 1 << 20;

/// Pieces that are with the worker after at the same time.
const AHEAD: usize = 3;

/// The pieces of one file, from the first byte to the last.
pub(super) struct Pieces {
    from: Origin,
    after: Option<Link>,
    /// Pieces handed on whose memory has not come back.
    ahead: usize,
    buffer: Vec<u8>,
}

enum Origin {
    File(Stream),
    Before(Link),
}

impl Origin {
    /// Memory that is done with goes back to where it came from.
    fn back(&mut self, memory: ArrayBuffer) -> Result<(), JsValue> {
        match self {
            Self::File(stream) => stream.back(memory),
            Self::Before(link) => link.give(&memory, Some(&memory))?,
        }
        Ok(())
    }
}

impl Pieces {
    /// Of a file, or of the port that its pieces come from; they go on to the
    /// port `after`. Ports may be null.
    pub(super) fn new(file: &Blob, before: &JsValue, after: &JsValue) -> Result<Self, JsValue> {
        let link = |port: &JsValue| port.dyn_ref::<MessagePort>().cloned().map(Link::new);
        let from = match link(before) {
            Some(link) => Origin::Before(link),
            None => Origin::File(Stream::of(file)?),
        };
        Ok(Self {
            from,
            after: link(after),
            ahead: 0,
            buffer: Vec::new(),
        })
    }

    /// Has pieces go on to so many others but one, one after the other, from the
    /// next piece on: the ports of each, to who is before and who is after, the
    /// last of which is null.
    ///
    /// # Errors
    /// Where the browser makes no channel.
    pub(super) fn divide(&mut self, among: usize) -> Result<Vec<(JsValue, JsValue)>, JsValue> {
        let mut ports = Vec::new();
        let mut after = JsValue::NULL;
        for _ in 1..among {
            let channel = MessageChannel::new()?;
            ports.push((
                channel.port2().into(),
                std::mem::replace(&mut after, channel.port1().into()),
            ));
        }
        ports.reverse();
        self.after = after.dyn_into().ok().map(Link::new);
        Ok(ports)
    }

    /// The next bytes; `None` at the end.
    ///
    /// # Errors
    /// Where the file cannot be read on, here or by the worker before, or the
    /// worker after gave up.
    pub(super) async fn next(&mut self) -> Result<Option<&[u8]>, JsValue> {
        let piece = match &mut self.from {
            Origin::File(stream) => stream.next().await?,
            Origin::Before(link) => match link.take().await {
                end if end.is_null() => None,
                piece => Some(piece.dyn_into::<Uint8Array>()?),
            },
        };
        let Some(piece) = piece else {
            if let Some(after) = &self.after {
                after.give(&JsValue::NULL, None)?;
            }
            return Ok(None);
        };
        self.buffer.resize(piece.length() as usize, 0);
        piece.copy_to(&mut self.buffer);
        match &self.after {
            None => self.from.back(piece.buffer())?,
            Some(after) => {
                after.give(&piece, Some(&piece.buffer()))?;
                self.ahead += 1;
                while self.ahead > AHEAD {
                    let memory = after.take().await.dyn_into()?;
                    self.ahead -= 1;
                    self.from.back(memory)?;
                }
            }
        }
        Ok(Some(&self.buffer))
    }

    /// Tells those who share the file that nothing more will come.
    pub(super) fn give_up(&self) {
        let before = match &self.from {
            Origin::Before(link) => Some(link),
            Origin::File(_) => None,
        };
        for link in before.into_iter().chain(&self.after) {
            // Neither memory nor bytes, nor the end. Where it cannot be sent,
            // the other is gone too.
            let _ = link.give(&JsValue::FALSE, None);
        }
    }
}

/// A file as the browser streams it: it reads on while a piece is hashed, and
/// of its ways to read this costs least (benches/browser).
enum Stream {
    /// Memory that it is given is filled, a part at a time; `free` can be.
    Filling {
        reader: ReadableStreamByobReader,
        free: Vec<ArrayBuffer>,
    },
    /// Where the browser cannot (Chromium before it had streams of bytes):
    /// new memory for each part, which its collector takes back in its time.
    Handing(ReadableStreamDefaultReader),
}

impl Stream {
    fn of(file: &Blob) -> Result<Self, JsValue> {
        let stream = file.stream();
        let options = js_sys::Object::new();
        Reflect::set(&options, &"mode".into(), &"byob".into())?;
        // Called by name: the binding cannot be refused, and old browsers refuse.
        let get_reader: Function = Reflect::get(&stream, &"getReader".into())?.dyn_into()?;
        Ok(match get_reader.call1(&stream, &options) {
            Ok(reader) => Self::Filling {
                reader: reader.unchecked_into(),
                free: Vec::new(),
            },
            Err(_) => Self::Handing(stream.get_reader().unchecked_into()),
        })
    }

    /// Memory that is done with.
    fn back(&mut self, memory: ArrayBuffer) {
        if let Self::Filling { free, .. } = self {
            free.push(memory);
        }
    }

    async fn next(&mut self) -> Result<Option<Uint8Array>, JsValue> {
        let (reader, free) = match self {
            Self::Filling { reader, free } => (reader, free),
            Self::Handing(reader) => return Ok(Read::of(reader.read()).await?.more),
        };
        // Browsers read some 64 KiB at once, and what they read is handed on
        // by messages, which cost as much for few bytes as for many.
        let mut memory = free.pop().unwrap_or_else(|| ArrayBuffer::new(PIECE));
        let mut filled = 0;
        while filled < PIECE {
            let rest = Uint8Array::new_with_byte_offset(&memory, filled);
            let read = Read::of(reader.read_with_array_buffer_view(&rest)).await?;
            memory = read.memory.ok_or(JsValue::NULL)?;
            match read.more {
                Some(bytes) => filled += bytes.length(),
                None => break,
            }
        }
        let filled = (filled > 0).then(|| Uint8Array::new_with_byte_offset_and_length(&memory, 0, filled));
        Ok(filled)
    }
}

/// What a reader's promise came to.
struct Read {
    /// `None` at the end.
    more: Option<Uint8Array>,
    /// What the bytes lie in: given back at the end too, by a reader that was
    /// given it.
    memory: Option<ArrayBuffer>,
}

impl Read {
    async fn of(promise: Promise) -> Result<Self, JsValue> {
        let result = JsFuture::from(promise).await?;
        let bytes = Reflect::get(&result, &"value".into())?.dyn_into::<Uint8Array>().ok();
        let done = Reflect::get(&result, &"done".into())?.is_truthy();
        Ok(Self {
            memory: bytes.as_ref().map(Uint8Array::buffer),
            more: bytes.filter(|_| !done),
        })
    }
}

/// What came from the worker at the other end, and who waits for more.
#[derive(Default)]
struct Inbox {
    messages: VecDeque<JsValue>,
    waiting: Option<Function>,
}

/// The port to another worker.
struct Link {
    port: MessagePort,
    inbox: Rc<RefCell<Inbox>>,
    _listener: Closure<dyn FnMut(MessageEvent)>,
}

impl Link {
    fn new(port: MessagePort) -> Self {
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

    /// Sends something; `memory` moves along.
    fn give(&self, message: &JsValue, memory: Option<&ArrayBuffer>) -> Result<(), JsValue> {
        let moves: Array = memory.into_iter().collect();
        self.port.post_message_with_transferable(message, &moves)
    }

    /// The next that came.
    async fn take(&self) -> JsValue {
        loop {
            if let Some(message) = self.inbox.borrow_mut().messages.pop_front() {
                return message;
            }
            let coming = Promise::new(&mut |resolve, _| self.inbox.borrow_mut().waiting = Some(resolve));
            // Nothing rejects it.
            let _ = JsFuture::from(coming).await;
        }
    }
}

/// Waits for the end of this turn of the event loop, so that messages are
/// heard. Bytes that the browser holds ready are handed out without a turn
/// between, and whatever was posted meanwhile would wait until the file is over.
/// A timer would do, but for its least time.
///
/// # Errors
/// Where the browser makes no channel.
pub(super) async fn turn_over() -> Result<(), JsValue> {
    let channel = MessageChannel::new()?;
    let (to, from) = (channel.port1(), Link::new(channel.port2()));
    to.post_message(&JsValue::NULL)?;
    from.take().await;
    to.close();
    Ok(())
}

impl Drop for Link {
    fn drop(&mut self) {
        self.port.set_onmessage(None);
    }
}
