/// How a recurrent layer reads a series; ``LayerDescription/lstm(_:)`` and ``LayerDescription/gru(_:)``
/// say what it computes.
public struct Recurrence: Codable, Hashable, Sendable {
    /// The order in which the points of a series are read.
    public enum Direction: String, Codable, CaseIterable, Sendable {
        /// From the first to the last.
        case forward
        /// From the last to the first; the output at a point is the state after reading it, so the
        /// state that has read everything is that of the first point.
        case reverse
        /// Both ways, with numbers of their own: the output has the forward units, then the reverse
        /// ones.
        case bidirectional
    }

    /// The numbers of a state, 1 to ``unitLimit``.
    public var units: Int
    /// Whether the output has the state of every point, [length, units], or only the one that has read
    /// everything, [units].
    public var returnsSequence: Bool
    /// The order of reading.
    public var direction: Direction

    /// The most units of a direction, 4,096.
    public static let unitLimit = 1 << 12

    /// Describes a recurrence: the whole sequence, read forward, by default.
    public init(units: Int, returnsSequence: Bool = true, direction: Direction = .forward) {
        self.units = units
        self.returnsSequence = returnsSequence
        self.direction = direction
    }

    /// The numbers of an output point.
    var outputChannels: Int { direction == .bidirectional ? 2 * units : units }
}
