//! Closed vocabularies of the contract: enums whose variants have a stable
//! kebab-case id in documents and a label on the page, which is a sentence to be
//! translated like those marked with [`t`](crate::words::lang::t).

/// Declares such an enum with `ALL`, `id`, `label`, `from_id`, and serde by id.
macro_rules! ids {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $id:literal => $label:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant,)+ }

        impl $name {
            /// Every value, in the order of the contract.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The stable id used in documents.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }

            /// The name in simplified Chinese.
            pub const fn chinese(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }

            /// The name shown to people.
            pub fn label(self) -> &'static str {
                $crate::words::lang::say(self.chinese())
            }

            /// The value with this id.
            pub fn from_id(id: &str) -> Option<Self> {
                match id { $($id => Some(Self::$variant),)+ _ => None }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.id())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let id = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                Self::from_id(&id).ok_or_else(|| serde::de::Error::custom(format_args!("“{id}”不是已知的取值")))
            }
        }
    };
}
pub(crate) use ids;
