import Foundation
import OddityArrays
import OddityDatasets
import OdditySeries
import TestSupport
import Testing

@Suite("Series in array files")
struct ArraySeriesTests {
    private func header(_ shape: String, type: String = "<f8") -> [UInt8] {
        let text = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
        let padded = text + String(repeating: " ", count: 117 - text.utf8.count) + "\n"
        return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8)
    }

    private func code(_ path: String) -> ArrayError.Code? {
        do {
            var series = try ArraySeries(path: path)
            _ = try series.readAll()
            return nil
        } catch let error as ArrayError {
            #expect(error.file == path && error.message.contains(";"))
            return error.code
        } catch {
            Issue.record("\(error)")
            return nil
        }
    }

    @Test("time and channels are read in chunks; NaN is missing")
    func readsChunks() throws {
        var series = try ArraySeries(path: fixture("channels.npz"), rowsPerChunk: 3)
        #expect(series.rowCount == 4)
        #expect(series.schema.names == ["channel_1", "channel_2", "channel_3"])
        let first = try #require(try series.nextChunk())
        #expect(first["channel_3"] == Column("channel_3", [2, .nan, 8]))
        let second = try #require(try series.nextChunk())
        #expect(second.firstRow == 3 && second["channel_1"]?.numbers == [9])
        #expect(try series.nextChunk() == nil)
        #expect(try series.readAll().rowCount == 4)
        var one = try ArraySeries(path: fixture("one.npy"))
        #expect(try one.readAll()["channel_1"]?.numbers == [0, 8, 16, 24, 32])
    }

    @Test("other shapes and numbers are errors that name the file")
    func refuses() throws {
        let folder = try TemporaryFolder()
        let numbers = { (values: [Double]) in values.withUnsafeBytes { Array($0) } }
        func code(_ bytes: [UInt8]) -> ArrayError.Code? {
            self.code(folder.write(bytes, as: "a.npy"))
        }
        #expect(code(header("(1, 1, 2)") + numbers([1, 2])) == .invalidShape)
        #expect(code(header("()") + numbers([1])) == .invalidShape)
        #expect(code(header("(0, 3)")) == .invalidShape)
        #expect(code(header("(3, 0)")) == .invalidShape)
        #expect(code(header("(1, 1000000)") + numbers([1])) == .invalidShape)
        #expect(code(header("(2, 1)") + numbers([1])) == .truncated)
        #expect(code(header("(2, 1)") + numbers([1, .infinity])) == .invalidValue)
        #expect(code(header("(2,)", type: "<U1") + numbers([1])) == .unsupportedElement)
    }

    @Test("whether a path holds an array is told by its first bytes")
    func detectsKinds() throws {
        let folder = try TemporaryFolder()
        func isSeries(_ bytes: [UInt8]) -> Bool {
            ArraySeries.isSeries(path: folder.write(bytes, as: "data.bin"))
        }
        #expect(try ArraySeries.isSeries(path: fixture("channels.npz")))
        #expect(try ArraySeries.isSeries(path: fixture("one.npy")))
        #expect(!isSeries(header("(1, 1, 1)")))
        // Reading it says what is wrong.
        #expect(isSeries(header("(nonsense)")))
        #expect(!isSeries(Array("\u{FEFF} \n{\"a\": 1}\n".utf8)))
        #expect(!isSeries(Array("time,x\n1,2\n".utf8)))
        #expect(!isSeries([]))
        for path in ["-", folder.path, folder.path + "/none"] {
            #expect(!ArraySeries.isSeries(path: path))
        }
    }
}
