using System.Text.Json;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.LocalRuntime.Resources;

namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>
/// A mapping's checkpoint in each shard, in a file that is replaced atomically. A file that is missing, damaged or of
/// another stream counts as empty. The mapping then begins at <c>TRIM_HORIZON</c>, so the function must accept
/// redelivered records.
/// </summary>
public sealed class CheckpointFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly Content _content;

    private CheckpointFile(string path, Content content) => (_path, _content) = (path, content);

    public static CheckpointFile Open(string path, CreatedStream stream, ILogger log)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var identity = $"{stream.Arn}@{new DateTimeOffset(stream.CreatedAt.ToUniversalTime()).ToUnixTimeSeconds()}";
        var content = Read(path, log);
        if (content?.Stream == identity)
            return new(path, content);
        if (content is not null)
            log.LogWarning("The stream of {Path} was recreated. Reading starts at its beginning", path);
        return new(path, new(identity, []));
    }

    /// <summary>The last handled sequence number; null for the shard's beginning.</summary>
    public string? After(string shardId)
    {
        lock (_gate)
            return _content.Shards.GetValueOrDefault(shardId)?.After;
    }

    public bool IsFinished(string shardId)
    {
        lock (_gate)
            return _content.Shards.GetValueOrDefault(shardId)?.Finished ?? false;
    }

    public void Advance(string shardId, string sequenceNumber) => Set(shardId, new(sequenceNumber, Finished: false));

    /// <summary>Marks a closed shard as read to its end, so that its children can be read.</summary>
    public void Finish(string shardId) => Set(shardId, new(After(shardId), Finished: true));

    private void Set(string shardId, Shard shard)
    {
        lock (_gate)
        {
            _content.Shards[shardId] = shard;
            File.WriteAllText(_path + ".new", JsonSerializer.Serialize(_content, Json));
            File.Move(_path + ".new", _path, overwrite: true);
        }
    }

    private static Content? Read(string path, ILogger log)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<Content>(File.ReadAllText(path), Json) : null;
        }
        catch (JsonException)
        {
            log.LogWarning("{Path} is damaged; its stream is read from its beginning", path);
            return null;
        }
    }

    private sealed record Content(
        string Stream,
        Dictionary<string, Shard> Shards);

    private sealed record Shard(
        string? After,
        bool Finished);
}
