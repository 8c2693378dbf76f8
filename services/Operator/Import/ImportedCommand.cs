using System.Security.Cryptography;
using System.Text.Json;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Import;

internal static class ImportedCommand
{
    /// <summary>The command as it travels. Its ids come from stream, actor and content alone: importing again sends the same command.</summary>
    public static CommandRecord Of(StreamId stream, ICommand command, Actor actor, DateTimeOffset at)
    {
        // Escaped like in the first imports: a file that was imported once must give the same command ids forever.
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
