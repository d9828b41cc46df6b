/// The last rows of features of each of many series, as windows for a network.
///
/// A window is the last `length` steps of a segment, the oldest first. Each series has room for two
/// windows: a row is written where the window ends, and only when the room is used up, every `length`
/// rows, are the last rows moved to its start. So a row costs about two copies of itself, and the window
/// always lies in one piece.
public struct WindowBuffer: Codable, Sendable {
    /// The number of steps in a window.
    public let length: Int
    /// The number of features of a step.
    public let featureCount: Int
    private var rings: [Ring] = []

    private struct Ring: Codable, Sendable {
        var elements: [Float]
        /// The row of the room after the last one written.
        var end = 0
        /// The number of rows of the segment, at the most one more than a window has.
        var count = 0
    }

    /// Creates a buffer of no series.
    ///
    /// - Parameters:
    ///   - length: The number of steps in a window, above 0.
    ///   - featureCount: The number of features of a step, above 0.
    public init(length: Int, featureCount: Int) {
        precondition(length > 0 && featureCount > 0, "a window has steps and features")
        (self.length, self.featureCount) = (length, featureCount)
    }

    /// Reads a buffer that was written, and refuses one that contradicts itself.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let length = try container.decode(Int.self, forKey: .length)
        let featureCount = try container.decode(Int.self, forKey: .featureCount)
        let rings = try container.decode([Ring].self, forKey: .rings)
        let (size, overflow) = length.multipliedReportingOverflow(by: featureCount)
        let isValid =
            length > 0 && featureCount > 0 && !overflow && size < 1 << 40
            && rings.allSatisfy { ring in
                (ring.elements.count == 2 * size || ring.elements.isEmpty && ring.end == 0)
                    && 0...2 * length ~= ring.end && 0...length + 1 ~= ring.count
                    && min(ring.count, length) <= ring.end
            }
        guard isValid else {
            throw DecodingError.dataCorruptedError(
                forKey: .rings,
                in: container,
                debugDescription: "the windows are not of one size"
            )
        }
        (self.length, self.featureCount, self.rings) = (length, featureCount, rings)
    }

    /// Adds the features of the next step of a series.
    ///
    /// - Parameters:
    ///   - features: One number for each feature.
    ///   - entity: The series, counted from 0; room is made for it and those before it.
    ///   - placement: Whether the window begins anew with the step, or the step takes the place of the
    ///     one before.
    /// - Returns: Whether the series has a whole window now.
    /// - Complexity: O(n) in the number of features, on average over `length` steps.
    @discardableResult
    public mutating func append(
        _ features: UnsafeBufferPointer<Float>,
        to entity: Int,
        _ placement: StepPlacement
    ) -> Bool {
        precondition(features.count == featureCount, "one number for each feature")
        precondition(entity >= 0, "series are counted from 0")
        while rings.count <= entity { rings.append(Ring(elements: [])) }
        let (length, width) = (length, featureCount)
        return Self.update(&rings[entity], features, placement, length, width)
    }

    private static func update(
        _ ring: inout Ring,
        _ features: UnsafeBufferPointer<Float>,
        _ placement: StepPlacement,
        _ length: Int,
        _ width: Int
    ) -> Bool {
        if ring.elements.isEmpty {
            ring.elements = [Float](repeating: 0, count: 2 * length * width)
        }
        switch placement {
        case .starts: (ring.end, ring.count) = (0, 0)
        case .revises where ring.count > 0:
            ring.end -= 1
            ring.count -= 1
        case .continues, .revises: break
        }
        ring.elements.withUnsafeMutableBufferPointer { elements in
            if ring.end == 2 * length {
                let kept = (length - 1) * width
                let source = elements.count - kept
                for index in 0..<kept { elements[index] = elements[source + index] }
                ring.end = length - 1
            }
            let start = ring.end * width
            for index in 0..<width { elements[start + index] = features[index] }
        }
        ring.end += 1
        // One more than a window, so that revising the last row leaves no less than there is.
        ring.count = min(ring.count, length) + 1
        return ring.count >= length
    }

    /// Whether a series has a whole window.
    public func hasWindow(of entity: Int) -> Bool {
        rings.indices.contains(entity) && rings[entity].count >= length
    }

    /// The number of steps of a series since its segment began, at the most ``length``.
    public func stepCount(of entity: Int) -> Int {
        rings.indices.contains(entity) ? min(rings[entity].count, length) : 0
    }

    /// Gives the window of a series to `body`: `length` × ``featureCount`` numbers, step by step.
    ///
    /// - Precondition: The series has a whole window.
    public func withWindow<Result>(
        of entity: Int,
        _ body: (UnsafeBufferPointer<Float>) throws -> Result
    ) rethrows -> Result {
        precondition(hasWindow(of: entity), "the window is not whole yet")
        let ring = rings[entity]
        let start = (ring.end - length) * featureCount
        return try ring.elements.withUnsafeBufferPointer {
            try body(
                UnsafeBufferPointer(rebasing: $0[start..<start + length * featureCount])
            )
        }
    }

    /// Forgets all steps of a series.
    public mutating func restart(_ entity: Int) {
        guard rings.indices.contains(entity) else { return }
        (rings[entity].end, rings[entity].count) = (0, 0)
    }
}
