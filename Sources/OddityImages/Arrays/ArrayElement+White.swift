internal import OddityArrays

extension ArrayElement {
    /// The number that is white.
    ///
    /// Integers of more than 16 bits hold 0 to 255 as a rule, so their own largest value would make all
    /// black.
    var fullScale: Float {
        switch (kind, byteCount) {
        case (.boolean, _), (.float, _): 1
        case (.unsigned, 2): 65_535
        case (.signed, 1): 127
        case (.signed, 2): 32_767
        default: 255
        }
    }
}
