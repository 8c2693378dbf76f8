using System.Text.Encodings.Web;
using System.Text.Json;

namespace ServerlessCqrs.Calls;

/// <summary>
/// A set of calls: as JSON, sorted by program, operation and resource, or as recorded lines, one per call.
/// </summary>
public static class CallTable
{
    private const string Extension = ".calls";

    private static readonly JsonSerializerOptions Json =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Comparer<Call> ByName = Comparer<Call>.Create((one, other) =>
        string.CompareOrdinal(one.Program, other.Program) is not 0 and var byProgram ? byProgram
        : string.CompareOrdinal(one.Operation, other.Operation) is not 0 and var byOperation ? byOperation
        : string.CompareOrdinal(one.Resource, other.Resource));

    public static SortedSet<Call> Parse(string json) => new(
        from program in JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string[]>>>(json)!
        from operation in program.Value
        from resource in operation.Value
        select new Call(program.Key, operation.Key, resource),
        ByName);

    public static string Write(IEnumerable<Call> calls) => JsonSerializer.Serialize(
        calls.Order(ByName).GroupBy(call => call.Program).ToDictionary(
            program => program.Key,
            program => program.GroupBy(call => call.Operation).ToDictionary(
                operation => operation.Key,
                operation => operation.Select(call => call.Resource).Distinct().ToArray())),
        Json) + "\n";

    /// <summary>Reads the calls that all programs recorded into a folder.</summary>
    public static SortedSet<Call> Recorded(string folder) => new(
        from file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, $"*{Extension}") : []
        from line in ReadLines(file)
        let parts = line.Split('\t')
        // A killed program can leave an incomplete line.
        where parts.Length == 4
        select new Call(parts[0], parts[1], parts[2]),
        ByName);

    /// <summary>Appends a call to the process's file. The last column marks a complete line.</summary>
    internal static void Append(string folder, Call call)
    {
        Directory.CreateDirectory(folder);
        File.AppendAllText(Path.Combine(folder, $"{Environment.ProcessId}{Extension}"), $"{call.Program}\t{call.Operation}\t{call.Resource}\t.\n");
    }

    /// <summary>Reads a file that its process can be writing.</summary>
    private static IEnumerable<string> ReadLines(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is { } line) yield return line;
    }
}
