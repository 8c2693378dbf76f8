using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Resources;

/// <summary>Resolves the values of a program's environment variables on this machine.</summary>
public sealed class EnvironmentResolver(
    CreatedResources resources,
    IReadOnlyDictionary<Provision, string> provided)
{
    /// <exception cref="KeyNotFoundException">A setting refers to a resource that does not exist; the message names
    /// it.</exception>
    public IReadOnlyDictionary<string, string> Resolve(IEnumerable<Setting> settings) =>
        settings.ToDictionary(setting => setting.Name, Resolve);

    public string Resolve(Setting setting) => setting.Value switch
    {
        SettingValue.Text text => text.Value,
        SettingValue.TableName table => table.Table.Name,
        SettingValue.StreamName stream => stream.Stream.Name,
        SettingValue.TopicArn topic => Find(resources.Topics, topic.Topic.Name, setting),
        SettingValue.QueueUrl own => Find(resources.Queues, own.Queue.Name, setting).Url,
        SettingValue.DeadLettersUrl dead => Find(resources.Queues, dead.Queue.DeadLettersName, setting).Url,
        SettingValue.Provided value => Find(provided, value.What, setting),
        var other => throw new NotSupportedException($"{setting.Name} holds a {other.GetType().Name}, which nothing here can resolve."),
    };

    private static TValue Find<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> values, TKey key, Setting setting) =>
        values.TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"{setting.Name} needs {key}, which this stack does not have.");
}
