/// What kind of array file the first bytes of a file say it is; its name says nothing.
package enum ArrayFormat: Equatable, Sendable {
    case npy
    case zip
    case gzip
    case idx

    /// How many bytes ``init(_:)`` wants to see.
    package static let prefixSize = 8

    package init?(_ prefix: some Collection<UInt8>) {
        let bytes = Array(prefix.prefix(Self.prefixSize))
        func begins(_ text: String) -> Bool { bytes.starts(with: Array(text.utf8)) }
        if bytes.starts(with: [0x93] + Array("NUMPY".utf8)) {
            self = .npy
        } else if begins("PK\u{3}\u{4}") || begins("PK\u{5}\u{6}") {
            self = .zip
        } else if bytes.starts(with: [0x1F, 0x8B]) {
            self = .gzip
        } else if IDXHeader.isMark(bytes) {
            self = .idx
        } else {
            return nil
        }
    }
}
