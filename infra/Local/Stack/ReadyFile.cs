using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServerlessCqrs.Local.Stack;

/// <summary>What scripts and the Operator find a running stack by: <c>ready.json</c> in the data folder, there only while everything is ready.</summary>
public sealed record ReadyFile(
    Uri Edge,
    Uri Api,
    Uri Identity,
    Uri Mail,
    [property: JsonPropertyName("clickhouse")] Uri ClickHouse,
    ReadyEndpoints Endpoints,
    ReadyTokens Tokens,
    IReadOnlyDictionary<string, int> Processes)
{
    private const string Name = "ready.json";

    public static void Delete(string dataFolder) => File.Delete(Path.Combine(dataFolder, Name));

    /// <summary>Writes the file in one step: a reader sees all of it or none. It holds tokens, so that only its owner may read it.</summary>
    public void Write(string dataFolder)
    {
        var path = Path.Combine(dataFolder, Name);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(path + ".new", options)) JsonSerializer.Serialize(file, this, ReadyJson.Default.ReadyFile);
        File.Move(path + ".new", path, overwrite: true);
    }
}

public sealed record ReadyEndpoints(
    [property: JsonPropertyName("dynamodb")] Uri DynamoDb,
    Uri Kinesis,
    Uri Sns,
    Uri Sqs,
    Uri Ses);

public sealed record ReadyTokens(
    string Seller,
    string Customer,
    string Operator);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ReadyFile))]
internal sealed partial class ReadyJson : JsonSerializerContext;
