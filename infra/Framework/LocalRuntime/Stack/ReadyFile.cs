using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessCqrs.LocalRuntime.Secrets;

namespace ServerlessCqrs.LocalRuntime.Stack;

/// <summary>What scripts and the Operator find a running stack by: <c>ready.json</c> in the data folder, there only while everything is ready.</summary>
/// <param name="Live">Where browsers open sockets; null without any.</param>
/// <param name="Tokens">One for each group of users.</param>
/// <param name="Console">The operators' console, with its token; null without one.</param>
public sealed record ReadyFile(
    Uri Edge,
    Uri Api,
    Uri Identity,
    Uri Mail,
    [property: JsonPropertyName("clickhouse")] Uri ClickHouse,
    Uri? Live,
    ReadyEndpoints Endpoints,
    IReadOnlyDictionary<string, string> Tokens,
    IReadOnlyDictionary<string, int> Processes,
    Uri? Console = null)
{
    private const string Name = "ready.json";

    public static void Delete(string dataFolder) => File.Delete(Path.Combine(dataFolder, Name));

    /// <summary>Writes the file in one step. It holds tokens and a password, so only its owner may read it.</summary>
    public void Write(string dataFolder) => OwnerOnlyFile.Write(Path.Combine(dataFolder, Name), JsonSerializer.Serialize(this, ReadyJson.Default.ReadyFile));
}

public sealed record ReadyEndpoints(
    [property: JsonPropertyName("dynamodb")] Uri DynamoDb,
    Uri Kinesis,
    Uri Sns,
    Uri Sqs,
    Uri Ses,
    Uri Kms,
    [property: JsonPropertyName("secretsmanager")] Uri SecretsManager);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ReadyFile))]
internal sealed partial class ReadyJson : JsonSerializerContext;
