namespace ServerlessCqrs.LocalRuntime.Edge;

/// <summary>Responses by key. It evicts the least recently used first. It keeps stale ones for revalidation.</summary>
internal sealed class EdgeCache(long capacityBytes)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<CacheKey, LinkedListNode<(CacheKey Key, CachedAnswer Answer)>> _byKey = [];
    private readonly LinkedList<(CacheKey Key, CachedAnswer Answer)> _byUse = new();
    private long _bytes;

    public long Bytes
    {
        get
        {
            lock (_gate)
                return _bytes;
        }
    }

    public CachedAnswer? Find(CacheKey key)
    {
        lock (_gate)
        {
            if (!_byKey.TryGetValue(key, out var node))
                return null;
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Answer;
        }
    }

    public void Store(CacheKey key, CachedAnswer answer)
    {
        lock (_gate)
        {
            Remove(key);
            if (answer.Bytes > capacityBytes)
                return;
            _byKey[key] = _byUse.AddFirst((key, answer));
            _bytes += answer.Bytes;
            while (_bytes > capacityBytes)
                Remove(_byUse.Last!.Value.Key);
        }
    }

    /// <summary>
    /// Removes responses. The path is matched with the query string, so <c>/a</c> does not match <c>/a?b=1</c>, and
    /// <c>/a*</c> matches both. Headers do not matter
    /// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html).
    /// </summary>
    /// <param name="path">Case-sensitive; a <c>*</c> is a wildcard only at the end.</param>
    public void Invalidate(string path)
    {
        lock (_gate)
        {
            var start = path.EndsWith('*') ? path[..^1] : null;
            var hit = _byKey.Keys.Where(key => start is null ? key.Target == path : key.Target.StartsWith(start, StringComparison.Ordinal)).ToList();
            hit.ForEach(Remove);
        }
    }

    private void Remove(CacheKey key)
    {
        if (!_byKey.Remove(key, out var node))
            return;
        _byUse.Remove(node);
        _bytes -= node.Value.Answer.Bytes;
    }
}
