using System.Text.Json;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore;

/// <summary>Writes a command record as JSON for Kinesis.</summary>
public static class CommandJson
{
    /// <inheritdoc cref="StoreLimits.Command"/>
    public const int MaxBytes = StoreLimits.Command;

    /// <summary>Returns the bytes of one Kinesis record. A command within its field limits always fits.</summary>
    /// <exception cref="CommandTooLargeException">The record would take more than <see cref="MaxBytes"/>.</exception>
    public static byte[] Write(WireContracts contracts, CommandRecord record)
    {
        var name = contracts.NameOf(record.Command);
        using var buffer = new MemoryStream(512);
        using (var json = new Utf8JsonWriter(buffer, PlainJson.Writing))
        {
            json.WriteStartObject();
            json.WriteString("id", record.CommandId);
            if (record.KeyId is { } key) json.WriteString("key", key);
            json.WriteString("stream", record.Stream.ToString());
            json.WriteString("type", name.Name);
            json.WriteNumber("typeVersion", name.Version);
            json.WritePropertyName("data");
            json.WriteRawValue(contracts.Write(record.Command), skipInputValidation: true);
            json.WriteString("actor", record.Actor.Id);
            json.WriteString("role", record.Actor.Role);
            json.WriteNumber("at", record.At.ToUnixTimeMilliseconds());
            if (record.IfMatch is { } version) json.WriteNumber("ifMatch", version);
            if (record.CorrelationId is { } correlation) json.WriteString("correlation", correlation);
            if (record.CausationId is { } cause) json.WriteString("cause", cause);
            json.WriteEndObject();
        }

        return buffer.Length <= MaxBytes ? buffer.ToArray() : throw new CommandTooLargeException(name.Name, buffer.Length);
    }
}

/// <summary>The command does not fit into a record, and was not sent.</summary>
public sealed class CommandTooLargeException(string type, long bytes)
    : Exception($"The {type} would take {bytes:N0} bytes, and a command takes at most {CommandJson.MaxBytes:N0}.");
