internal import OddityArrays

/// What the first bytes of a file say it is; its name says nothing.
enum ImageFormat: Equatable {
    case png
    case jpeg
    case bmp
    /// Portable grey or color map, in text or binary.
    case pnm
    /// An image of a kind that is not read, by its name.
    case foreign(String)
    /// A file of an array.
    case array(ArrayFormat)

    /// How many bytes ``init(_:)`` wants to see.
    static let prefixSize = 16

    /// The endings that make a file of a folder an image.
    ///
    /// The kinds that are not read are among them, so that they are named and not passed over.
    static let extensions: Set<String> = [
        "png", "jpg", "jpeg", "jpe", "jfif", "bmp", "dib", "ppm", "pgm", "pbm", "pnm", "tif",
        "tiff", "gif", "webp", "heic", "avif",
    ]

    init?(_ prefix: some Collection<UInt8>) {
        let bytes = Array(prefix.prefix(Self.prefixSize))
        func begins(_ text: String) -> Bool { bytes.starts(with: Array(text.utf8)) }
        func begins(_ mark: [UInt8]) -> Bool { bytes.starts(with: mark) }
        if begins([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if begins([0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if begins("GIF87a") || begins("GIF89a") {
            self = .foreign("GIF")
        } else if begins("II*\0") || begins("MM\0*") {
            self = .foreign("TIFF")
        } else if begins("RIFF"), bytes.dropFirst(8).starts(with: Array("WEBP".utf8)) {
            self = .foreign("WebP")
        } else if bytes.dropFirst(4).starts(with: Array("ftyp".utf8)) {
            self = .foreign("HEIF")
        } else if bytes.count > 14, begins("BM"), bytes[6...9].allSatisfy({ $0 == 0 }) {
            self = .bmp
        } else if bytes.count > 2, bytes[0] == UInt8(ascii: "P"), Self.isBlank(bytes[2]),
            let next = bytes[2...].first(where: { !Self.isBlank($0) }),
            (48...57).contains(next) || next == UInt8(ascii: "#") || begins("P7\n")
        {
            // A table may have columns P1, P2, …; here a width or a comment follows.
            switch bytes[1] {
            case UInt8(ascii: "2"), UInt8(ascii: "3"), UInt8(ascii: "5"), UInt8(ascii: "6"):
                self = .pnm
            case UInt8(ascii: "1"), UInt8(ascii: "4"): self = .foreign("black-and-white PBM")
            case UInt8(ascii: "7"): self = .foreign("PAM")
            default: return nil
            }
        } else if let array = ArrayFormat(bytes) {
            self = .array(array)
        } else {
            return nil
        }
    }

    /// Whether it is one image, of a kind that is read or not.
    var isImage: Bool {
        switch self {
        case .png, .jpeg, .bmp, .pnm, .foreign: true
        case .array: false
        }
    }

    static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || (9...13).contains(byte)
    }
}
