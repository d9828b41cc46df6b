/// How the characters of a text file are written as bytes.
public enum TextEncoding: String, Codable, CaseIterable, Sendable {
    /// UTF-8, with or without a byte-order mark.
    case utf8 = "utf-8"
    /// UTF-16, the less significant byte first.
    case utf16LittleEndian = "utf-16le"
    /// UTF-16, the more significant byte first.
    case utf16BigEndian = "utf-16be"
    /// Latin-1 (ISO 8859-1).
    case latin1
    /// Windows-1252, Latin-1 with signs such as `€` in the place of control characters.
    case windows1252 = "windows-1252"

    /// The encoding that a byte-order mark tells; nil for UTF-8 and for no mark.
    init?(mark: [UInt8]) {
        if mark.starts(with: [0xFF, 0xFE]) {
            self = .utf16LittleEndian
        } else if mark.starts(with: [0xFE, 0xFF]) {
            self = .utf16BigEndian
        } else {
            return nil
        }
    }
}
