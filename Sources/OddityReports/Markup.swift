/// Text that is safe to put into a page.
///
/// The pages are XML as well as HTML, so that a strict parser can check them.
struct Markup {
    private(set) var text = ""

    /// Adds markup as it stands; never data.
    mutating func raw(_ markup: String) { text += markup }

    /// Adds data, escaped.
    mutating func escaped(_ data: String) { text += Markup.escape(data) }

    /// Adds an element that holds data only.
    mutating func element(_ name: String, _ data: String) {
        text += "<\(name)>\(Markup.escape(data))</\(name)>"
    }

    /// Adds an element with attributes that holds data only.
    mutating func element(_ name: String, _ attributes: String, _ data: String) {
        text += "<\(name) \(attributes)>\(Markup.escape(data))</\(name)>"
    }

    /// Data with the five special characters replaced and those that XML forbids left out.
    static func escape(_ data: String) -> String {
        var result = ""
        result.reserveCapacity(data.utf8.count)
        for scalar in data.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
                result += "\u{FFFD}"
            case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
