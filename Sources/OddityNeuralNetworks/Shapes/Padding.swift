/// The zeros that a convolution sees around its input.
///
/// Its `Codable` form is the number of zeros, the list of them, or `"causal"`.
public enum Padding: Hashable, Sendable {
    /// So many zeros on both sides of each axis.
    case zeros(PerAxis)
    /// Before a series as many zeros as the kernel reaches back, dilation · (kernel − 1), and none
    /// after it: no output sees a later input, and with stride 1 the length stays.
    case causal
}

extension Padding: ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
    /// So many zeros on both sides of every axis.
    public init(integerLiteral value: Int) {
        self = .zeros(PerAxis(value))
    }

    /// A number of zeros for each axis, height first.
    public init(arrayLiteral elements: Int...) {
        self = .zeros(PerAxis(elements))
    }
}

extension Padding: Codable {
    /// Reads a number, a list of numbers, or `"causal"`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let name = try? container.decode(String.self) else {
            self = .zeros(try container.decode(PerAxis.self))
            return
        }
        guard name == "causal" else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "unknown padding '\(name)'"
            )
        }
        self = .causal
    }

    /// Writes the form that is read.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .zeros(let zeros): try container.encode(zeros)
        case .causal: try container.encode("causal")
        }
    }
}
