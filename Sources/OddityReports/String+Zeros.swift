extension String {
    /// A decimal number without the zeros that end it.
    var trimmedZeros: String {
        guard contains(".") else { return self }
        var text = Substring(self)
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return String(text)
    }
}
