using static ServerlessCqrs.Topology.ShopTopology;

namespace ServerlessCqrs.Topology;

/// <summary>
/// What each program of the shop may do on AWS, besides what its mapping and its log need. The journeys record the calls of each, and specs compare both.
/// </summary>
internal static class ShopRights
{
    /// <summary>What a transaction writes asks for the rights of its writes.</summary>
    private static readonly Right[] Projecting =
    [
        May(["dynamodb:BatchGetItem", "dynamodb:GetItem"], StreamTips),
        .. ReadModelItems.Select(table => May(["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:UpdateItem"], table)),
        .. Views.Models.SelectMany(model => model.BesideItems).Select(table =>
            May(["dynamodb:BatchGetItem", "dynamodb:DeleteItem", "dynamodb:PutItem"], table)),
        May(["dynamodb:GetItem", "dynamodb:UpdateItem"], Checkpoints),
    ];

    /// <summary>A part of the order process: looks at streams, and sends commands.</summary>
    private static readonly Right[] OrderProcess =
    [
        May(["dynamodb:BatchGetItem", "dynamodb:GetItem"], StreamTips),
        May(["kinesis:PutRecords"], Commands),
    ];

    public static IReadOnlyDictionary<string, IReadOnlyList<Right>> All { get; } = new Dictionary<string, IReadOnlyList<Right>>
    {
        [CommandApi.Name] =
        [
            May(["dynamodb:BatchGetItem", "dynamodb:GetItem"], StreamTips),
            May(["dynamodb:GetItem", "dynamodb:PutItem"], PersonKeys),
            May(["kms:Decrypt", "kms:GenerateDataKey"], Provision.MasterKey),
            May(["kinesis:PutRecords"], Commands),
            May(["secretsmanager:GetSecretValue"], Provision.EdgeSecrets),
        ],
        [QueryApi.Name] =
        [
            May(["dynamodb:BatchGetItem", "dynamodb:GetItem"], StreamTips),
            // One item, or, to observe the lag, those of several streams that changed.
            .. ReadModelItems.SelectMany(table => new[]
            {
                May(["dynamodb:BatchGetItem", "dynamodb:GetItem"], table),
                May(["dynamodb:Query"], new RightOn.Indexes(table)),
            }),
            .. Views.Models.SelectMany(model => model.BesideItems).Select(table => May(["dynamodb:Query"], table)),
            May(["dynamodb:GetItem"], Checkpoints, PersonKeys, RecommendationsV1, BestSellersV1),
            May(["kms:Decrypt"], Provision.MasterKey),
            May(["secretsmanager:GetSecretValue"], Provision.EdgeSecrets),
        ],
        [CommandsToEvents.Name] =
        [
            May(["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem"], StreamTips),
            May(["sns:Publish"], Events),
        ],
        [EventsToReadModels.Name] = Projecting,
        [EventsToMail.Name] =
        [
            May(["dynamodb:BatchGetItem", "dynamodb:GetItem"], StreamTips),
            May(["dynamodb:PutItem", "dynamodb:UpdateItem"], Mails),
            May(["dynamodb:GetItem"], PersonKeys),
            May(["kms:Decrypt"], Provision.MasterKey),
            May(["ses:SendEmail"], Provision.MailFrom),
        ],
        [EventsToEdgeCache.Name] =
        [
            May(["dynamodb:BatchGetItem", "dynamodb:GetItem"], ProductsV1, ProductsV2),
            May(["dynamodb:GetItem"], Checkpoints),
            May(["dynamodb:UpdateItem"], EdgeBudget),
            May(["cloudfront:CreateInvalidation"], Provision.Distribution),
        ],
        [EventsToOrders.Name] = OrderProcess,
        [OrdersToTimeouts.Name] = OrderProcess,
        [EventsToBrowsers.Name] =
        [
            May(["dynamodb:BatchGetItem", "dynamodb:GetItem"], StreamTips),
            May(
                [
                    "dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:GetItem",
                    "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem",
                ],
                Connections),
            May(["execute-api:ManageConnections"], Provision.ConnectionsUrl),
            May(["secretsmanager:GetSecretValue"], Provision.EdgeSecrets),
        ],
        [CanaryToLag.Name] =
        [
            May(["kinesis:PutRecords"], Commands),
            May(["dynamodb:GetItem"], StreamTips, ProductsV1, ProductsV2, Checkpoints),
        ],
        [LagAndDriftToAlarms.Name] =
        [
            .. Projecting,
            May(["dynamodb:DeleteItem", "dynamodb:PutItem"], Checkpoints),
        ],
        [HistoryToRecommendations.Name] =
        [
            May(["dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:Scan"], RecommendationsV1, BestSellersV1),
            May(["dynamodb:GetItem", "dynamodb:PutItem"], Checkpoints),
        ],
    };

    private static Right May(string[] actions, params RightOn[] on) => new(actions, on);
}
