/// How a file of delimited text is written.
public struct CSVDialect: Hashable, Sendable, Codable {
    /// The byte between two fields: `,`, `;`, a tab or `|`; for ``blank``, any number of blanks and tabs.
    public var delimiter: UInt8
    /// Whether the first record names the columns.
    public var hasHeader: Bool

    /// Creates a dialect; by default commas and a header.
    public init(delimiter: UInt8 = CSVDialect.comma, hasHeader: Bool = true) {
        self.delimiter = delimiter
        self.hasHeader = hasHeader
    }

    /// The comma.
    public static let comma = UInt8(ascii: ",")
    /// The semicolon.
    public static let semicolon = UInt8(ascii: ";")
    /// The tab.
    public static let tab = UInt8(ascii: "\t")
    /// The vertical bar.
    public static let bar = UInt8(ascii: "|")

    /// The blank: fields stand between runs of blanks and tabs.
    public static let blank = UInt8(ascii: " ")

    /// The delimiters that are looked for, the likeliest first.
    public static let knownDelimiters = [comma, semicolon, tab, bar]
}
