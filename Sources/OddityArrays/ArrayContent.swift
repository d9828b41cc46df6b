/// What an array is to hold, by which it is chosen from an archive and spoken of in errors.
package struct ArrayContent: Sendable {
    /// The numbers of dimensions it may have.
    package var dimensions: ClosedRange<Int>
    /// What it holds, such as `images`.
    package var name: String
    /// The dimensions in words, such as `3 or 4 dimensions (count, height, width[, channels])`.
    package var layout: String
    /// What a number is, such as `brightness`.
    package var number: String

    package init(dimensions: ClosedRange<Int>, name: String, layout: String, number: String) {
        self.dimensions = dimensions
        self.name = name
        self.layout = layout
        self.number = number
    }
}
