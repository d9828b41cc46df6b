/// What stands before the numbers of an array.
package struct ArrayHeader: Equatable, Sendable {
    package var element: ArrayElement
    package var shape: [Int]
    /// Whether the first dimension varies fastest.
    package var isFortranOrder = false
    /// The position of the first number.
    package var dataOffset: Int

    /// Bytes from which every header can be read.
    package static let prefixSize = 64 << 10

    /// Bytes of the header and all numbers.
    ///
    /// - Throws: an error where that is more than a file can have.
    func totalSize() throws(ArrayError) -> Int {
        var (size, overflow) = (element.byteCount, false)
        for length in shape {
            let (product, tooLarge) = size.multipliedReportingOverflow(by: length)
            (size, overflow) = (product, overflow || tooLarge)
        }
        let (total, tooLarge) = size.addingReportingOverflow(dataOffset)
        guard !overflow, !tooLarge else {
            throw .invalidHeader("the shape \(shape) is larger than any file")
        }
        return total
    }

    /// Reads the header of an array by what it begins with; nil for what is neither NPY nor IDX.
    static func read(
        _ prefix: [UInt8],
        for content: ArrayContent
    ) throws(ArrayError) -> ArrayHeader? {
        switch ArrayFormat(prefix) {
        case .npy: try NPYHeader.read(prefix, for: content)
        case .idx: try IDXHeader.read(prefix)
        default: nil
        }
    }
}

extension ArrayError {
    static func invalidHeader(_ reason: String) -> ArrayError {
        ArrayError(.invalidHeader, "the array's header is wrong: \(reason); write the file again")
    }
}

/// The header of an IDX file, the format of the MNIST data.
enum IDXHeader {
    /// Whether the bytes begin as IDX does: two zeros, a known type, and a number of dimensions.
    static func isMark(_ bytes: [UInt8]) -> Bool {
        bytes.count >= 4 && bytes[0] == 0 && bytes[1] == 0 && element(bytes[2]) != nil
            && (1...8).contains(bytes[3])
    }

    static func read(_ prefix: [UInt8]) throws(ArrayError) -> ArrayHeader {
        guard let element = element(prefix[2]) else { throw .invalidHeader("an unknown type") }
        let end = 4 + 4 * Int(prefix[3])
        guard prefix.count >= end else { throw .invalidHeader("it ends too early") }
        let shape = stride(from: 4, to: end, by: 4).map { start in
            prefix[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        return ArrayHeader(element: element, shape: shape, dataOffset: end)
    }

    private static func element(_ code: UInt8) -> ArrayElement? {
        let (kind, size): (ArrayElement.Kind, Int)
        switch code {
        case 0x08: (kind, size) = (.unsigned, 1)
        case 0x09: (kind, size) = (.signed, 1)
        case 0x0B: (kind, size) = (.signed, 2)
        case 0x0C: (kind, size) = (.signed, 4)
        case 0x0D: (kind, size) = (.float, 4)
        case 0x0E: (kind, size) = (.float, 8)
        default: return nil
        }
        return ArrayElement(kind: kind, byteCount: size, isBigEndian: true)
    }
}
