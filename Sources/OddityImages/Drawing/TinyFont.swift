/// Letters of three by five pixels, to label images without a font file.
enum TinyFont {
    static let width = 3
    static let height = 5

    /// Five rows of three bits for each sign, from the top, the left pixel first, in base 8.
    private static let rows: [Character: Int] = [
        "0": 0o75557, "1": 0o26227, "2": 0o71747, "3": 0o71717, "4": 0o55711, "5": 0o74717,
        "6": 0o74757, "7": 0o71122, "8": 0o75757, "9": 0o75717, "A": 0o25755, "B": 0o65656,
        "C": 0o34443, "D": 0o65556, "E": 0o74647, "F": 0o74644, "G": 0o34553, "H": 0o55755,
        "I": 0o72227, "J": 0o11152, "K": 0o55655, "L": 0o44447, "M": 0o57755, "N": 0o65555,
        "O": 0o25552, "P": 0o65644, "Q": 0o25563, "R": 0o65655, "S": 0o34216, "T": 0o72222,
        "U": 0o55557, "V": 0o55552, "W": 0o55775, "X": 0o55255, "Y": 0o55222, "Z": 0o71247,
        ".": 0o00002, ",": 0o00024, ":": 0o02020, "-": 0o00700, "+": 0o02720, "=": 0o07070,
        "%": 0o51245, "/": 0o11244, "<": 0o12421, ">": 0o42124, "(": 0o12221, ")": 0o42224,
        "_": 0o00007, " ": 0,
    ]

    /// Whether the pixel of a sign is set; an unknown sign is a full block.
    static func isSet(_ sign: Character, x: Int, y: Int) -> Bool {
        let bits = rows[sign] ?? 0o77777
        return bits >> (3 * (height - 1 - y) + width - 1 - x) & 1 == 1
    }
}

extension Image {
    /// Draws a line of text; what reaches beyond the image is cut off.
    ///
    /// Digits, Latin letters (all as capitals) and `. , : - + = % / < > ( ) _` are known; other signs
    /// become blocks.
    ///
    /// - Parameters:
    ///   - text: The line.
    ///   - x: The column where it begins.
    ///   - y: Its topmost row.
    ///   - scale: The pixels of a dot; a sign is 3 × 5 dots, and 1 apart from the next.
    ///   - brightness: 0 to 1.
    public mutating func draw(_ text: String, x: Int, y: Int, scale: Int = 1, brightness: Float = 1)
    {
        for (i, sign) in text.uppercased().enumerated() {
            let left = x + i * (TinyFont.width + 1) * scale
            for dy in 0..<TinyFont.height * scale {
                for dx in 0..<TinyFont.width * scale
                where TinyFont.isSet(sign, x: dx / scale, y: dy / scale) {
                    let (px, py) = (left + dx, y + dy)
                    guard px >= 0, px < size.width, py >= 0, py < size.height else { continue }
                    for c in 0..<channelCount { self[px, py, c] = brightness }
                }
            }
        }
    }

    /// Width and height of a line of text.
    static func textSize(_ text: String, scale: Int) -> ImageSize {
        ImageSize(
            width: max(0, text.count * (TinyFont.width + 1) - 1) * scale,
            height: TinyFont.height * scale
        )
    }
}
