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

    /// A zip archive of empty files.
    private func archive(_ names: [String]) -> [UInt8] {
        func little(_ number: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        }
        var members: [UInt8] = []
        var directory: [UInt8] = []
        for name in names {
            // The version to unpack it, then no flags, method, time, sum and sizes.
            let common =
                [20, 0] + [UInt8](repeating: 0, count: 20) + little(name.utf8.count, 2) + [0, 0]
            directory += Array("PK\u{1}\u{2}".utf8) + [20, 0] + common
            directory += [UInt8](repeating: 0, count: 10) + little(members.count, 4) + name.utf8
            members += Array("PK\u{3}\u{4}".utf8) + common + name.utf8
        }
        let count = little(names.count, 2)
        return members + directory + Array("PK\u{5}\u{6}".utf8) + [0, 0, 0, 0] + count + count
            + little(directory.count, 4) + little(members.count, 4) + [0, 0]
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
        // An archive of nothing but arrays is meant as one, also where they or it are damaged.
        #expect(isSeries(archive(["a.npy"])))
        #expect(isSeries(Array(archive(["a.npy"]).prefix(40))))
        #expect(!isSeries(archive(["a.npy", "readme.txt"])))
        #expect(!isSeries(archive(["[Content_Types].xml", "xl/workbook.xml"])))
        #expect(!isSeries(Array(archive(["rows.csv"]).prefix(40))))
        #expect(!isSeries(archive([])))
        for path in ["-", folder.path, folder.path + "/none"] {
            #expect(!ArraySeries.isSeries(path: path))
        }
    }
}
