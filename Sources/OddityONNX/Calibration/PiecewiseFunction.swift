/// A function in pieces, each of which is linear.
struct PiecewiseFunction: Equatable {
    /// A piece: value + slope · (x − start).
    struct Piece: Equatable {
        var start = 0.0
        var value: Double
        var slope = 0.0
    }

    /// Where pieces end, ascending.
    ///
    /// An end belongs to its piece; the last piece has none.
    private(set) var ends: [Double] = []
    private(set) var pieces: [Piece] = []

    /// Begins with nothing.
    init() {}

    /// Adds a piece above those that are there.
    ///
    /// - Parameter end: where it ends, above the end before; nil for the last one.
    mutating func append(_ piece: Piece, upTo end: Double?) {
        if let end { ends.append(end) }
        pieces.append(piece)
    }

    /// The value at a place.
    func callAsFunction(_ x: Double) -> Double {
        let piece = pieces[ends.firstIndex { x <= $0 } ?? ends.count]
        return piece.value + piece.slope * (x - piece.start)
    }
}

extension PiecewiseFunction {
    /// The function through points, linear between them and beyond.
    ///
    /// - Parameters:
    ///   - values: where the points lie, ascending; at least one.
    ///   - results: for each the result.
    ///   - slope: below and above all points.
    init(through values: [Double], _ results: [Double], slope: Double) {
        for (place, value) in values.enumerated() {
            var piece = Piece(start: value, value: results[place], slope: slope)
            if place > 0, value > values[place - 1] {
                piece.slope =
                    (results[place] - results[place - 1]) / (value - values[place - 1])
            }
            append(piece, upTo: value)
        }
        append(
            Piece(start: values[values.count - 1], value: results[results.count - 1], slope: slope),
            upTo: nil
        )
    }
}
