/// What the elements of a tensor are.
enum ElementType {
    case float, double, integer, boolean, text

    /// The number of the type in the format.
    var number: Int32 {
        let type: Onnx_TensorProto.DataType =
            switch self {
            case .float: .float
            case .double: .double
            case .integer: .int64
            case .boolean: .bool
            case .text: .string
            }
        return Int32(type.rawValue)
    }
}
