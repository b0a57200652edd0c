//! A file's bytes, piece by piece, as the browser streams them: it reads on
//! while a piece is hashed, and of its ways to read this costs least
//! (benches/browser). The memory that they come in is filled again, so that what
//! the browser holds does not grow with the file.

use js_sys::{ArrayBuffer, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStreamDefaultReader};

/// Bytes of a piece.
pub(super) const PIECE: usize = 1 << 20;

#[wasm_bindgen]
extern "C" {
    /// `ReadableStreamBYOBReader`, of which web-sys does not know the options.
    type Filling;

    #[wasm_bindgen(method)]
    fn read(this: &Filling, into: &Uint8Array, options: &JsValue) -> Promise;
}

/// The pieces of one file, to its last byte.
pub(super) struct Pieces {
    stream: Stream,
    buffer: Vec<u8>,
}

enum Stream {
    /// Memory that it is given is filled.
    Filling { reader: Filling, memory: ArrayBuffer },
    /// Where the browser cannot (Chromium before it had streams of bytes):
    /// new memory for each part, which its collector takes back in its time.
    Handing(ReadableStreamDefaultReader),
}

impl Pieces {
    /// # Errors
    /// Where the browser does not stream files.
    pub(super) fn of(file: &Blob) -> Result<Self, JsValue> {
        let stream = file.stream();
        // Called by name: the binding cannot be refused, and old browsers refuse.
        let get_reader: Function = Reflect::get(&stream, &"getReader".into())?.dyn_into()?;
        let stream = match get_reader.call1(&stream, &option("mode", "byob")?) {
            Ok(reader) => Stream::Filling {
                reader: reader.unchecked_into(),
                memory: ArrayBuffer::new(PIECE as u32),
            },
            Err(_) => Stream::Handing(stream.get_reader().unchecked_into()),
        };
        Ok(Self {
            stream,
            buffer: Vec::new(),
        })
    }

    /// The next bytes: a piece, or little more where the browser hands out so
    /// many, or what is left; `None` at the end.
    ///
    /// # Errors
    /// Where the file cannot be read on.
    pub(super) async fn next(&mut self) -> Result<Option<&[u8]>, JsValue> {
        let mut filled = 0;
        // Browsers read some 64 KiB at once.
        while filled < PIECE {
            let Some(part) = self.stream.next(PIECE - filled).await? else {
                break;
            };
            let end = filled + part.length() as usize;
            if self.buffer.len() < end {
                self.buffer.resize(end, 0);
            }
            part.copy_to(&mut self.buffer[filled..end]);
            filled = end;
        }
        Ok((filled > 0).then_some(&self.buffer[..filled]))
    }
}

impl Stream {
    /// The next bytes, as many or fewer, or what the browser hands out.
    async fn next(&mut self, most: usize) -> Result<Option<Uint8Array>, JsValue> {
        let (reader, memory) = match self {
            Self::Filling { reader, memory } => (reader, memory),
            Self::Handing(reader) => return read(reader.read()).await,
        };
        let rest = Uint8Array::new_with_byte_offset_and_length(memory, 0, most as u32);
        // Not before all of it is filled: each part would come by way of the
        // event loop. Older browsers do not know that, and hand out the parts.
        let whole = option("min", rest.length())?;
        let bytes = read(reader.read(&rest, &whole)).await?.ok_or(JsValue::NULL)?;
        *memory = bytes.buffer();
        // At the end it is given back with nothing in it.
        Ok((bytes.length() > 0).then_some(bytes))
    }
}

/// An object with this one option.
fn option(name: &str, value: impl Into<JsValue>) -> Result<JsValue, JsValue> {
    let options = Object::new().into();
    Reflect::set(&options, &name.into(), &value.into())?;
    Ok(options)
}

/// What a reader's promise comes to: bytes, if any.
async fn read(promise: Promise) -> Result<Option<Uint8Array>, JsValue> {
    let result = JsFuture::from(promise).await?;
    Ok(Reflect::get(&result, &"value".into())?.dyn_into().ok())
}
