/// A number that a model file can hold.
///
/// The conforming types are `Float`, `Double`, `Int64`, `Int32` and `UInt8`; no others can be
/// stored.
public protocol TensorElement: Equatable, Sendable {
    /// How the type is called in a file.
    static var elementType: TensorElementType { get }
    /// The values, wrapped.
    static func wrap(_ values: [Self]) -> Tensor.Values
    /// The wrapped values if they are of this type.
    static func unwrap(_ values: Tensor.Values) -> [Self]?
}

/// The element types of a model file, by their safetensors names.
public enum TensorElementType: String, CaseIterable, Sendable {
    /// `Float`.
    case float32 = "F32"
    /// `Double`.
    case float64 = "F64"
    /// `Int64`.
    case int64 = "I64"
    /// `Int32`.
    case int32 = "I32"
    /// `UInt8`.
    case uint8 = "U8"

    /// The number of bytes of one element.
    public var size: Int {
        switch self {
        case .float64, .int64: 8
        case .float32, .int32: 4
        case .uint8: 1
        }
    }
}

extension Float: TensorElement {
    /// `F32`.
    public static var elementType: TensorElementType { .float32 }
    /// The values, wrapped.
    public static func wrap(_ values: [Float]) -> Tensor.Values { .float32(values) }
    /// The wrapped values if they are of this type.
    public static func unwrap(_ values: Tensor.Values) -> [Float]? {
        if case .float32(let values) = values { values } else { nil }
    }
}

extension Double: TensorElement {
    /// `F64`.
    public static var elementType: TensorElementType { .float64 }
    /// The values, wrapped.
    public static func wrap(_ values: [Double]) -> Tensor.Values { .float64(values) }
    /// The wrapped values if they are of this type.
    public static func unwrap(_ values: Tensor.Values) -> [Double]? {
        if case .float64(let values) = values { values } else { nil }
    }
}

extension Int64: TensorElement {
    /// `I64`.
    public static var elementType: TensorElementType { .int64 }
    /// The values, wrapped.
    public static func wrap(_ values: [Int64]) -> Tensor.Values { .int64(values) }
    /// The wrapped values if they are of this type.
    public static func unwrap(_ values: Tensor.Values) -> [Int64]? {
        if case .int64(let values) = values { values } else { nil }
    }
}

extension Int32: TensorElement {
    /// `I32`.
    public static var elementType: TensorElementType { .int32 }
    /// The values, wrapped.
    public static func wrap(_ values: [Int32]) -> Tensor.Values { .int32(values) }
    /// The wrapped values if they are of this type.
    public static func unwrap(_ values: Tensor.Values) -> [Int32]? {
        if case .int32(let values) = values { values } else { nil }
    }
}

extension UInt8: TensorElement {
    /// `U8`.
    public static var elementType: TensorElementType { .uint8 }
    /// The values, wrapped.
    public static func wrap(_ values: [UInt8]) -> Tensor.Values { .uint8(values) }
    /// The wrapped values if they are of this type.
    public static func unwrap(_ values: Tensor.Values) -> [UInt8]? {
        if case .uint8(let values) = values { values } else { nil }
    }
}
