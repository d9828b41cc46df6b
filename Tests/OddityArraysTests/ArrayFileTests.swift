import Foundation
import OddityArrays
import TestSupport
import Testing

@Suite("Arrays of numbers")
struct ArrayFileTests {
    private static let table = ArrayContent(
        dimensions: 1...2,
        name: "tables",
        layout: "1 or 2 dimensions (rows, columns)",
        number: "value"
    )

    private func numbers(
        _ path: String,
        named name: String? = nil,
        limit: Int = 1 << 20
    ) throws -> [Double] {
        let options = ArrayReadingOptions(
            content: Self.table,
            arrayName: name,
            maximumDecompressedSize: limit
        )
        let array = try ArrayFile.open(path, options: options) { header in
            guard Self.table.dimensions.contains(header.shape.count) else {
                throw ArrayError(.invalidShape, "a shape of \(header.shape); give a table")
            }
        }
        let count = array.header.shape.reduce(1, *)
        var bytes = [UInt8](repeating: 0, count: count * array.header.element.byteCount)
        try bytes.withUnsafeMutableBytes { try array.read(into: $0, at: 0) }
        return bytes.withUnsafeBytes { array.header.element.doubles($0) }
    }

    /// The code of the error; its message is one line with a fix, and it names the file.
    private func code(_ path: String, named name: String? = nil, limit: Int = 1 << 20)
        -> ArrayError.Code?
    {
        do {
            _ = try numbers(path, named: name, limit: limit)
            return nil
        } catch let error as ArrayError {
            #expect(error.message.contains(";") && !error.message.contains("\n"))
            return error.code
        } catch {
            Issue.record("\(error)")
            return nil
        }
    }

    private func fixture(_ name: String) throws -> String {
        try #require(Bundle.module.resourceURL).appendingPathComponent("Fixtures/" + name).path
    }

    private func header(_ shape: String, type: String = "<f8") -> [UInt8] {
        let text = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
        let padded = text + String(repeating: " ", count: 117 - text.utf8.count) + "\n"
        return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8)
    }

    @Test("an archive gives the one array of the wanted dimensions, Fortran order is undone")
    func readsOrders() throws {
        let expected = (0..<12).map(Double.init)
        #expect(try numbers(fixture("two-dimensions.npz")) == expected)
        #expect(try numbers(fixture("fortran.npy")) == expected)
        #expect(try numbers(fixture("several.npz"), named: "b") == expected.map { $0 + 1 })
    }

    @Test("an archive of several arrays asks for a name, in the words of what is wanted")
    func choosesArray() throws {
        let path = try fixture("several.npz")
        #expect(code(path, named: "c") == .ambiguousArray)
        do {
            _ = try numbers(path)
            Issue.record("one of two arrays was read")
        } catch {
            let expected = "\(path): several arrays hold tables (a, b); name one of them"
            #expect("\(error)" == expected)
        }
    }

    @Test("64-bit numbers keep what doubles hold, whatever their byte order")
    func keepsPrecision() throws {
        let folder = try TemporaryFolder()
        let large: [Int64] = [1 << 52 + 1, -(1 << 52) - 1]
        let little = large.flatMap { value in withUnsafeBytes(of: value.littleEndian, Array.init) }
        let big = large.flatMap { value in withUnsafeBytes(of: value.bigEndian, Array.init) }
        let first = folder.write(header("(2,)", type: "<i8") + little, as: "a.npy")
        let second = folder.write(header("(2,)", type: ">i8") + big, as: "b.npy")
        #expect(try numbers(first) == large.map(Double.init))
        #expect(try numbers(second) == large.map(Double.init))
    }

    @Test("arrays that contradict themselves are errors that name the file")
    func refuses() throws {
        let folder = try TemporaryFolder()
        func code(_ bytes: [UInt8]) -> ArrayError.Code? {
            self.code(folder.write(bytes, as: "a.npy"))
        }
        #expect(code(header("(2, 1)") + Array(repeating: 0, count: 16)) == nil)
        #expect(code(header("(2, 1)") + Array(repeating: 0, count: 15)) == .truncated)
        #expect(code(header("(2, 1, 1)") + Array(repeating: 0, count: 16)) == .invalidShape)
        #expect(code(header("(9223372036854775807, 2)")) == .invalidHeader)
        #expect(code(header("(-1, 2)")) == .invalidHeader)
        #expect(code(header("(2,)", type: "<c8")) == .unsupportedElement)
        #expect(code(Array("time,value\n1,2\n".utf8)) == .notAnArray)
        #expect(code([]) == .notAnArray)
        #expect(try self.code(fixture("words.npy")) == .unsupportedElement)
        #expect(self.code(folder.path + "/none") == .notFound)
        #expect(self.code(folder.path) == .notAFile)
        #expect(try self.code(fixture("two-dimensions.npz"), limit: 100) == .tooLarge)
    }

    @Test("a shortened or changed archive gives numbers or an error, never a crash")
    func survivesMutations() throws {
        let folder = try TemporaryFolder()
        let path = try fixture("two-dimensions.npz")
        let bytes = folder.read(path)
        #expect(bytes.count > 100)
        for count in stride(from: bytes.count - 1, through: 0, by: -3) {
            let path = folder.write(Array(bytes[..<count]), as: "short")
            #expect(code(path) != nil)
        }
        for i in bytes.indices {
            var changed = bytes
            changed[i] ^= 0x41
            _ = try? numbers(folder.write(changed, as: "changed"))
        }
    }

    @Test("an array in memory is read like one in a file, and no further than it reaches")
    func readsMemory() throws {
        let numbers: [Float] = [1, 2, 3, 4, 5, 6]
        try numbers.withUnsafeBytes { memory in
            let element = ArrayElement(kind: .float, byteCount: 4)
            let array = try ArrayFile(
                memory: memory,
                element: element,
                shape: [3, 2],
                name: "numbers"
            )
            var bytes = [UInt8](repeating: 0, count: 8)
            try bytes.withUnsafeMutableBytes { try array.read(into: $0, at: 16) }
            #expect(bytes.withUnsafeBytes { element.floats($0) } == [5, 6])
            #expect(throws: ArrayError.self) {
                try bytes.withUnsafeMutableBytes { try array.read(into: $0, at: 20) }
            }
            #expect(throws: ArrayError.self) {
                _ = try ArrayFile(memory: memory, element: element, shape: [4, 2], name: "numbers")
            }
            #expect(throws: ArrayError.self) {
                _ = try ArrayFile(
                    memory: memory,
                    element: element,
                    shape: [1 << 40, 1 << 40],
                    name: "numbers"
                )
            }
        }
    }
}
