using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Kinesis;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventsToEdgeCache;
using ServerlessCqrs.EventsToMail.Sending;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Shop;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Scene;

/// <summary>Where a mutant puts a wrong collaborator in the right one's place. As they are, the product is itself.</summary>
public record Parts
{
    public static Parts Right { get; } = new();

    /// <summary>Of the write path; a process each.</summary>
    public Func<IStreamTips, IStreamTips> Tips { get; init; } = tips => tips;

    /// <summary>Log and publisher of the write path; a process each.</summary>
    public Func<IEventLog, IEventPublisher, (IEventLog Log, IEventPublisher Publisher)> LogAndPublisher { get; init; } = (log, publisher) => (log, publisher);

    public Domain Domain { get; init; } = ShopDomain.Instance;

    /// <summary>What tells the write path the time.</summary>
    public Func<TimeProvider, TimeProvider> DecisionClock { get; init; } = clock => clock;

    public Func<IKinesisBatchHandler, IKinesisBatchHandler> CommandsHandler { get; init; } = handler => handler;

    /// <summary>What the mapping of the command stream gives up by its age; null: nothing.</summary>
    public TimeSpan? OldestRecord { get; init; }

    public Func<ICommandStream, SimProcess, ICommandStream> CommandStream { get; init; } = (stream, _) => stream;

    /// <summary>What the command service puts its records on.</summary>
    public Func<IAmazonKinesis, IAmazonKinesis> Records { get; init; } = kinesis => kinesis;

    /// <summary>Of a client that sends many commands at once.</summary>
    public Func<IAmazonKinesis, SimProcess, Func<IReadOnlyList<Amazon.Kinesis.Model.PutRecordsRequestEntry>, CancellationToken, Task>>? BatchWriter { get; init; }

    public Func<IReadModelVersions, IReadModelVersions> ProductVersions { get; init; } = versions => versions;

    /// <summary>Whether DynamoDB does a table's writes whatever their conditions say.</summary>
    public Func<string, bool> IsCareless { get; init; } = _ => false;

    /// <summary>Whether a transaction leaves this write undone, by what the table has under its key.</summary>
    public Func<Put, Dictionary<string, AttributeValue>?, bool> IsSkipped { get; init; } = (_, _) => false;

    /// <summary>DynamoDB as the programs see it.</summary>
    public Func<IAmazonDynamoDB, IAmazonDynamoDB> DynamoDb { get; init; } = db => db;

    /// <summary>In the place of the projector; null: the projector.</summary>
    public Func<IReadModel<ProductDocument>, FollowStreams>? Project { get; init; }

    /// <summary>What is kept of products' documents.</summary>
    public Func<ISnapshots, ISnapshots> Snapshots { get; init; } = snapshots => snapshots;

    /// <summary>Where the mail function finds watchers.</summary>
    public Func<IEventHistory, IEventHistory> MailHistory { get; init; } = history => history;

    /// <summary>What the query service reads products from.</summary>
    public Func<IProductCatalogue, Dice, IProductCatalogue> QueriedProducts { get; init; } = (products, _) => products;

    /// <summary>The tips as the query service sees them.</summary>
    public Func<IStreamTips, IStreamTips> QueriedTips { get; init; } = tips => tips;

    /// <summary>What seals for the command service, and knows whom it sealed for.</summary>
    public Func<IPersonalData, IPersonalData> Personal { get; init; } = personal => personal;

    /// <summary>What is changed in the command service's program, beside its instances' own parts; null: nothing.</summary>
    public Action<IServiceCollection>? CommandApi { get; init; }

    /// <summary>The same of the query service.</summary>
    public Action<IServiceCollection>? QueryApi { get; init; }

    /// <summary>What is changed among the parts that each instance of the query service has of its own; null: nothing.</summary>
    public Action<IServiceCollection>? QueryParts { get; init; }

    /// <summary>What the edge keeps an answer under; null where it may not.</summary>
    public Func<SimRequest, string?> EdgeKey { get; init; } = Services.EdgeKey.Of;

    /// <summary>Where the order process puts its commands.</summary>
    public Func<ICommandStream, ICommandStream> Answers { get; init; } = commands => commands;

    /// <summary>The tips as whoever looks after hanging orders sees them.</summary>
    public Func<IStreamTips, IStreamTips> TimeoutTips { get; init; } = tips => tips;

    public Func<IMailClaims, IMailClaims> Claims { get; init; } = claims => claims;

    public Func<IMailSender, IMailSender> Mails { get; init; } = sender => sender;

    public Func<IDeadLetters, IDeadLetters> DeadLetters { get; init; } = letters => letters;

    /// <summary>Where a follower puts the rest of a message; null: nowhere.</summary>
    public Func<IRemainders, IRemainders?> Remainders { get; init; } = remainders => remainders;

    public Func<ISqsBatchHandler, ISqsBatchHandler> Follower { get; init; } = handler => handler;
}
