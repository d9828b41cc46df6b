/// A named block of numbers with a shape, in row-major order.
public struct Tensor: Equatable, Sendable {
    /// The numbers of a tensor, by their type.
    public enum Values: Equatable, Sendable {
        /// Single-precision numbers.
        case float32([Float])
        /// Double-precision numbers.
        case float64([Double])
        /// 64-bit whole numbers.
        case int64([Int64])
        /// 32-bit whole numbers.
        case int32([Int32])
        /// Bytes.
        case uint8([UInt8])
    }

    /// The name, unique in its file; not empty and not `__metadata__`.
    public let name: String
    /// The extent of each dimension; empty for a single number.
    public let shape: [Int]
    /// The numbers.
    public let values: Values

    /// Makes a tensor.
    ///
    /// - Parameters:
    ///   - name: The name, unique in its file.
    ///   - shape: The extent of each dimension; their product is the number of values.
    ///   - values: The numbers in row-major order; floating-point ones are finite.
    /// - Throws: `ModelFileError` with code `malformedHeader` (a name that cannot be used),
    ///   `invalidShape`, `sizeMismatch` or `nonFiniteValue`.
    public init<Element: TensorElement>(
        name: String,
        shape: [Int],
        values: [Element]
    ) throws {
        try self.init(checking: name, shape: shape, values: Element.wrap(values))
    }

    /// Makes a tensor of one dimension.
    ///
    /// - Parameters:
    ///   - name: The name, unique in its file.
    ///   - values: The numbers; floating-point ones are finite.
    /// - Throws: `ModelFileError` with code `malformedHeader` (a name that cannot be used) or
    ///   `nonFiniteValue`.
    public init<Element: TensorElement>(name: String, values: [Element]) throws {
        try self.init(name: name, shape: [values.count], values: values)
    }

    init(checking name: String, shape: [Int], values: Values) throws(ModelFileError) {
        guard !name.isEmpty, name != HeaderCoding.metadataKey else {
            throw ModelFileError(
                .malformedHeader,
                "a tensor is named \(ModelFileError.quoted(name)); give it another name"
            )
        }
        let count = try TensorLayout.elementCount(of: name, shape: shape)
        guard count == values.count else {
            throw ModelFileError(
                .sizeMismatch,
                "tensor \(ModelFileError.quoted(name)) has \(values.count) values, but its shape "
                    + "\(shape) needs \(count); make them agree"
            )
        }
        if let index = values.firstNonFinite {
            throw ModelFileError(
                .nonFiniteValue,
                "value \(index) of tensor \(ModelFileError.quoted(name)) is NaN or infinite; "
                    + "such a model cannot score, so train it again"
            )
        }
        self.name = name
        self.shape = shape
        self.values = values
    }

    /// The type of the numbers.
    public var elementType: TensorElementType { values.elementType }
    /// The number of numbers.
    public var count: Int { values.count }
}

extension Tensor.Values {
    /// The type of the numbers.
    public var elementType: TensorElementType {
        switch self {
        case .float32: .float32
        case .float64: .float64
        case .int64: .int64
        case .int32: .int32
        case .uint8: .uint8
        }
    }

    /// The number of numbers.
    public var count: Int {
        switch self {
        case .float32(let values): values.count
        case .float64(let values): values.count
        case .int64(let values): values.count
        case .int32(let values): values.count
        case .uint8(let values): values.count
        }
    }

    /// The index of the first NaN or infinite value.
    var firstNonFinite: Int? {
        switch self {
        case .float32(let values): values.firstIndex { !$0.isFinite }
        case .float64(let values): values.firstIndex { !$0.isFinite }
        case .int64, .int32, .uint8: nil
        }
    }

    /// Lends the numbers as the little-endian bytes of the file.
    func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        #if _endian(big)
            #error("model files are little-endian; swap bytes here and in readValues")
        #endif
        switch self {
        case .float32(let values): return try lend(values, to: body)
        case .float64(let values): return try lend(values, to: body)
        case .int64(let values): return try lend(values, to: body)
        case .int32(let values): return try lend(values, to: body)
        case .uint8(let values): return try lend(values, to: body)
        }
    }

    private func lend<Element, Result, Failure: Error>(
        _ values: [Element],
        to body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // The standard library's `withUnsafeBytes` does not carry typed errors.
        let result = values.withUnsafeBytes { bytes -> Swift.Result<Result, Failure> in
            do throws(Failure) { return .success(try body(bytes)) } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
