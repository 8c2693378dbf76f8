using System.Security.Cryptography;
using System.Text.Json;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Import;

internal static class ImportedCommand
{
    /// <summary>
    /// Creates the command record. Its ids depend only on stream, actor and content, so a repeated import sends the
    /// same command.
    /// </summary>
    public static CommandRecord Of(StreamId stream, ICommand command, Actor actor, DateTimeOffset at)
    {
        // The escaping of the first imports: a file that was imported once must always produce the same command ids.
        var hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(command, ShopContracts.Commands.JsonOf(command.GetType())));
        var key = CommandIds.OfKey("import", actor.Id, stream, Convert.ToHexStringLower(hash));
        return new CommandRecord(
            CommandIds.OfRequest(key, hash),
            key,
            stream,
            command,
            actor,
            DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()));
    }
}
