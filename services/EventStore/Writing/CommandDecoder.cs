using System.Security.Cryptography;
using System.Text.Json;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.EventStore.Writing;

/// <summary>Reads records. Data that fails never stops a shard: what cannot be read becomes a refusal with the code <see cref="Malformed"/>.</summary>
internal static class CommandDecoder
{
    public const string Malformed = "malformed";

    // Kinesis itself refuses a producer whose clock is 5 minutes off (Signature Version 4). One such command would hold its stream's time in the future.
    private static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(5);

    private static readonly Actor Nobody = new("unknown", "unknown");

    /// <summary>The command in a record, or, where not even its envelope can be read, the outcome that records the fact.</summary>
    /// <exception cref="UnknownContractException">The command is of a newer version than this code knows: the shard must wait for newer code.</exception>
    public static (ArrivedCommand? Command, CommandOutcome? Unreadable) Read(string source, ArrivedRecord record, Func<StreamId, IDecider?> deciders)
    {
        if (record.Data.Length > CommandJson.MaxBytes) return (null, Unreadable(source, record, $"A command takes at most {CommandJson.MaxBytes} bytes."));
        try
        {
            using var json = JsonDocument.Parse(record.Data);
            var command = ReadEnvelope(record, json.RootElement);
            // Another key may be another shard, whose sequence numbers have no order with those of the stream's own.
            if (command.Stream.ToString() != record.PartitionKey) return (null, Unreadable(source, record, "The partition key is not the stream's id."));
            return deciders(command.Stream) is null
                ? (null, Unreadable(source, record, $"No stream has the category '{command.Stream.Category}'."))
                : (command, null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            return (null, Unreadable(source, record, e.Message));
        }
    }

    private static ArrivedCommand ReadEnvelope(ArrivedRecord record, JsonElement json)
    {
        var type = json.GetProperty("type").GetString()!;
        var data = json.GetProperty("data").GetRawText();
        var (command, malformed) = ReadCommand(type, json.GetProperty("typeVersion").GetInt32(), data);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(json.GetProperty("at").GetInt64());
        if (at < DateTimeOffset.UnixEpoch || at > record.ArrivedAt + MaxSkew)
        {
            (command, malformed) = (null, $"Its time, {at:O}, cannot be: it arrived at {record.ArrivedAt:O}.");
            // A time that is the same on every delivery, before all others.
            at = DateTimeOffset.UnixEpoch;
        }

        return new ArrivedCommand(
            record.SequenceNumber,
            json.GetProperty("id").GetGuid(),
            json.TryGetProperty("key", out var key) ? key.GetGuid() : null,
            StreamId.Parse(json.GetProperty("stream").GetString()!),
            type,
            command,
            malformed,
            data,
            new Actor(json.GetProperty("actor").GetString()!, json.GetProperty("role").GetString()!),
            at,
            json.TryGetProperty("ifMatch", out var version) ? version.GetInt64() : null,
            json.TryGetProperty("correlation", out var correlation) ? correlation.GetString() : null,
            json.TryGetProperty("cause", out var cause) ? cause.GetGuid() : null);
    }

    private static (ICommand? Command, string? Malformed) ReadCommand(string type, int version, string data)
    {
        try
        {
            return ((ICommand)ShopContracts.Commands.Read(type, version, data), null);
        }
        catch (UnknownContractException e) when (!e.IsNewer)
        {
            return (null, e.Message);
        }
        catch (JsonException e)
        {
            return (null, e.Message);
        }
    }

    // Neither the bytes nor any part of them are kept: nobody knows whose they are.
    private static CommandOutcome Unreadable(string source, ArrivedRecord record, string why) => new(
        StreamId.TryParse(record.PartitionKey, out var stream) ? stream : StreamId.Of(Malformed, "records"),
        CommandIds.OfUnreadable(source, record.SequenceNumber),
        KeyId: null,
        CommandType: "unknown",
        CommandStatus.Refused,
        Version: 0,
        Events: [],
        Malformed,
        $"{why} ({record.Data.Length} bytes, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(record.Data.Span))}, sequence number {record.SequenceNumber})",
        CommandData: null,
        Nobody,
        record.ArrivedAt,
        record.ArrivedAt,
        CorrelationId: null,
        CausationId: null);
}
