/// What a field holds when it is read as a number.
public enum ParsedNumber: Equatable, Sendable {
    /// A finite number.
    case number(Double)
    /// The text `nan`, in any case and with or without a sign.
    case nan
    /// The text `inf` or `infinity`, or a number too large for a `Double`.
    case infinite
    /// Anything else.
    case invalid
}
