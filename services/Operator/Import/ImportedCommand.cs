using System.Security.Cryptography;
using System.Text;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.Operator.Import;

internal static class ImportedCommand
{
    /// <summary>The command as it travels. Its ids come from stream, actor and content alone: importing again sends the same command.</summary>
    public static CommandRecord Of(StreamId stream, ICommand command, Actor actor, DateTimeOffset at)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(ShopContracts.Commands.Write(command)));
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
