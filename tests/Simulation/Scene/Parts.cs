using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Kinesis;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Functions.EdgeCache;
using ServerlessCqrs.Functions.Mails;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Push;
using ServerlessCqrs.Shop;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Scene;

/// <summary>
/// The places where a mutant replaces a collaborator with a wrong one. The defaults are the product itself.
/// </summary>
public record Parts
{
    public static Parts Right { get; } = new();

    /// <summary>The tips of the write path, per process.</summary>
    public Func<IStreamTips, IStreamTips> Tips { get; init; } = tips => tips;

    /// <summary>The log and the publisher of the write path, per process.</summary>
    public Func<IEventLog, IEventPublisher, (IEventLog Log, IEventPublisher Publisher)> LogAndPublisher { get; init; } = (log, publisher) => (log, publisher);

    public Domain Domain { get; init; } = ShopDomain.Instance;

    /// <summary>The clock of the write path.</summary>
    public Func<TimeProvider, TimeProvider> DecisionClock { get; init; } = clock => clock;

    public Func<IKinesisBatchHandler, IKinesisBatchHandler> CommandsHandler { get; init; } = handler => handler;

    /// <summary>The age from which the command stream's mapping skips records, or null for never.</summary>
    public TimeSpan? OldestRecord { get; init; }

    public Func<ICommandStream, SimProcess, ICommandStream> CommandStream { get; init; } = (stream, _) => stream;

    /// <summary>The Kinesis client of the command service.</summary>
    public Func<IAmazonKinesis, IAmazonKinesis> Records { get; init; } = kinesis => kinesis;

    /// <summary>The writer of a client that sends many commands at once.</summary>
    public Func<IAmazonKinesis, SimProcess, Func<IReadOnlyList<Amazon.Kinesis.Model.PutRecordsRequestEntry>, CancellationToken, Task>>? BatchWriter { get; init; }

    public Func<IReadModelVersions, IReadModelVersions> ProductVersions { get; init; } = versions => versions;

    /// <summary>True if DynamoDB ignores the conditions of writes to a table.</summary>
    public Func<string, bool> IsCareless { get; init; } = _ => false;

    /// <summary>True if a transaction omits this write, depending on the stored item.</summary>
    public Func<Put, Dictionary<string, AttributeValue>?, bool> IsSkipped { get; init; } = (_, _) => false;

    /// <summary>The DynamoDB client of the programs.</summary>
    public Func<IAmazonDynamoDB, IAmazonDynamoDB> DynamoDb { get; init; } = db => db;

    /// <summary>Replaces the projector if it is not null.</summary>
    public Func<IReadModel<ProductDocument>, FollowStreams>? Project { get; init; }

    /// <summary>The snapshots of products' documents.</summary>
    public Func<ISnapshots, ISnapshots> Snapshots { get; init; } = snapshots => snapshots;

    /// <summary>The history in which the mail function finds watchers.</summary>
    public Func<IEventHistory, IEventHistory> MailHistory { get; init; } = history => history;

    /// <summary>The query service's products.</summary>
    public Func<IProductCatalogue, Dice, IProductCatalogue> QueriedProducts { get; init; } = (products, _) => products;

    /// <summary>The query service's tips.</summary>
    public Func<IStreamTips, IStreamTips> QueriedTips { get; init; } = tips => tips;

    /// <summary>The command service's personal data.</summary>
    public Func<IPersonalData, IPersonalData> Personal { get; init; } = personal => personal;

    /// <summary>
    /// Changes the command service's program, but not its instances' own services. Null for no change.
    /// </summary>
    public Action<IServiceCollection>? CommandApi { get; init; }

    /// <summary>Changes the query service's program in the same way.</summary>
    public Action<IServiceCollection>? QueryApi { get; init; }

    /// <summary>Changes the services of each instance of the query service. Null for no change.</summary>
    public Action<IServiceCollection>? QueryParts { get; init; }

    /// <summary>Returns the cache key of a request, or null if its answer may not be cached.</summary>
    public Func<SimRequest, string?> EdgeKey { get; init; } = Services.EdgeKey.Of;

    /// <summary>The command stream of the order process.</summary>
    public Func<ICommandStream, ICommandStream> Answers { get; init; } = commands => commands;

    /// <summary>The tips of the function that ends overdue orders.</summary>
    public Func<IStreamTips, IStreamTips> TimeoutTips { get; init; } = tips => tips;

    public Func<IMailClaims, IMailClaims> Claims { get; init; } = claims => claims;

    public Func<IMailSender, IMailSender> Mails { get; init; } = sender => sender;

    public Func<IDeadLetters, IDeadLetters> DeadLetters { get; init; } = letters => letters;

    /// <summary>Where a subscriber sends the rest of a message, or null for nowhere.</summary>
    public Func<IRemainders, IRemainders?> Remainders { get; init; } = remainders => remainders;

    /// <summary>The watchers of streams, per process.</summary>
    public Func<IWatchers, IWatchers> Watchers { get; init; } = watchers => watchers;

    public Func<IConnections, IConnections> Connections { get; init; } = connections => connections;

    public Func<ISockets, ISockets> Sockets { get; init; } = sockets => sockets;

    public Func<IDelayedHints, IDelayedHints> DelayedHints { get; init; } = delayed => delayed;

    /// <summary>The tips with which a watch is checked and answered.</summary>
    public Func<IStreamTips, IStreamTips> WatchTips { get; init; } = tips => tips;

    /// <summary>Who may watch what.</summary>
    public Func<WatchRules, WatchRules> Watching { get; init; } = rules => rules;

    public Func<ISqsBatchHandler, ISqsBatchHandler> Follower { get; init; } = handler => handler;
}
