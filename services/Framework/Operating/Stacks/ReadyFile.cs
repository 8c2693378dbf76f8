using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServerlessCqrs.Operating.Stacks;

/// <summary>
/// The part of a local stack's <c>ready.json</c> that the Operator needs. The stack writes it when it is ready.
/// </summary>
/// <param name="Tokens">An access token for each group of users.</param>
public sealed record ReadyFile(
    Uri Clickhouse,
    ReadyEndpoints Endpoints,
    IReadOnlyDictionary<string, string> Tokens,
    IReadOnlyDictionary<string, int>? Processes = null,
    Uri? Edge = null)
{
    /// <summary>False if none of the processes that the stack started is left: it was killed, and its file stayed.</summary>
    public bool IsAlive => Processes is not { Count: > 0 } || Processes.Values.Any(IsRunning);

    /// <summary>Whether a process with this id runs.</summary>
    public static bool IsRunning(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The file of the stack whose data lies in <paramref name="folder"/>.</summary>
    /// <exception cref="OperatorException">There is none, or it cannot be read.</exception>
    public static ReadyFile Read(OperatedSystem system, string folder)
    {
        var path = Path.Combine(folder, "ready.json");
        if (!File.Exists(path))
        {
            throw new OperatorException(
                $"No stack runs on {folder}. Start one with dotnet run --project {system.LocalProject}, or name its data folder with --data.");
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), ReadyJson.Default.ReadyFile) ?? throw new JsonException("it is null.");
        }
        catch (Exception e) when (e is JsonException or UnauthorizedAccessException or IOException)
        {
            throw new OperatorException($"{path} cannot be read: {e.Message}", e);
        }
    }
}

public sealed record ReadyEndpoints(
    Uri Dynamodb,
    Uri Kinesis,
    Uri Sqs);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ReadyFile))]
internal sealed partial class ReadyJson : JsonSerializerContext;
