using ServerlessCqrs.Calls;

namespace ServerlessCqrs.Deployment;

/// <summary>Rights that the journeys cannot show, each with its reason.</summary>
public static class StatedReasons
{
    private const string Remainder = "puts the rest of a message back into its queue when an invocation runs out of time (SqsRemainders)";
    private const string Repair = "repairs an item that a lost message left behind, as EventsToReadModels writes it; no journey waits for the minute of grace";
    private const string Rebuild = "rebuilds a single stream, or an item that cannot be read, with the code of EventsToReadModels";
    private const string ManyMatches = "searches with more than 200 matches (DynamoProductSearchV1)";
    private const string Backups = "${ClickHouse/Backups.Arn}";
    private const string PageFiles = "${Page/Files.Arn}";

    public static IReadOnlyList<StatedReason> All { get; } =
    [
        new("CanaryToLag", "dynamodb:GetItem", "table/products-v2", "reads version 2 while that is alive; the canary runs every five minutes", As: "EventsToReadModels"),
        new("ClickHouse", "cloudwatch:PutMetricData", "*", "reports its disks and its backups (clickhouse-node.sh)"),
        new("ClickHouse", "s3:AbortMultipartUpload", $"{Backups}/nightly/*", "ends the uploads of a failed backup (ClickHouse, \"BACKUP\")"),
        new("ClickHouse", "s3:DeleteObject", $"{Backups}/nightly/*", "removes the objects of a failed backup (ClickHouse, \"BACKUP\")"),
        new("ClickHouse", "s3:GetObject", $"{Backups}/nightly/*", "reads a backup to restore it, and its own lock (ClickHouse, \"BACKUP\")"),
        new("ClickHouse", "s3:ListBucket", Backups, "checks that a backup's prefix is empty (ClickHouse, \"BACKUP\")"),
        new("ClickHouse", "s3:PutObject", $"{Backups}/nightly/*", "writes a backup (ClickHouse, \"BACKUP\")"),
        new("ClickHouse", "secretsmanager:GetSecretValue", "${ClickHouse/Password}", "sets the password of its user (clickhouse-node.sh)"),
        new("EventsToBrowsers", "dynamodb:BatchGetItem", "table/stream-tips", "checks who owns several private streams of one message (WatchHandler)"),
        new("EventsToBrowsers", "execute-api:ManageConnections", "connections/DELETE", "closes a socket after three failed posts in a row (HintSender)"),
        new("EventsToBrowsers", "sqs:SendMessage", "queue/events-to-browsers-dead-letters", "keeps the events of a stream that fail on their last receive, as EventsToMail does"),
        new("EventsToEdgeCache", "dynamodb:BatchGetItem", "table/products-v2", "reads several products of a batch while version 2 is alive, which a journey cannot time", As: "EventsToReadModels"),
        new("EventsToEdgeCache", "sqs:SendMessage", "queue/events-to-edge-cache", Remainder),
        new("EventsToMail", "ses:SendEmail", "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:configuration-set/${Mail/Settings}", "sends every mail with the identity's default configuration set (SES Developer Guide, \"Managing default configuration sets\")"),
        new("EventsToMail", "sqs:SendMessage", "queue/events-to-mail", Remainder),
        new("EventsToOrders", "sqs:SendMessage", "queue/events-to-orders", Remainder),
        new("EventsToReadModels", "sqs:SendMessage", "queue/events-to-read-models", Remainder),
        new("HistoryToRecommendations", "dynamodb:DeleteItem", "table/recommendations-v1", "deletes the ranking of a product without orders in the sales window (DynamoRankings, as for best sellers)"),
        new("LagAndDriftToAlarms", "dynamodb:BatchGetItem", "table/product-search-v1-words", Repair, As: "EventsToReadModels"),
        new("LagAndDriftToAlarms", "dynamodb:BatchGetItem", "table/products-v2", Repair, As: "EventsToReadModels"),
        new("LagAndDriftToAlarms", "dynamodb:DeleteItem", "table/product-search-v1-words", Repair, As: "EventsToReadModels"),
        new("LagAndDriftToAlarms", "dynamodb:GetItem", "table/orders-v1", Repair, As: "EventsToReadModels"),
        new("LagAndDriftToAlarms", "dynamodb:GetItem", "table/products-v2", Repair, As: "EventsToReadModels"),
        new("LagAndDriftToAlarms", "dynamodb:GetItem", "table/reviews-v1", Repair, As: "EventsToReadModels"),
        new("LagAndDriftToAlarms", "dynamodb:GetItem", "table/stream-tips", Repair, As: "EventsToReadModels"),
        new("LagAndDriftToAlarms", "dynamodb:PutItem", "table/product-search-v1-words", Repair, As: "EventsToReadModels"),
        new("LagAndDriftToAlarms", "dynamodb:UpdateItem", "table/orders-v1", Repair, As: "EventsToReadModels"),
        new("LagAndDriftToAlarms", "dynamodb:UpdateItem", "table/product-search-v1", Repair, As: "EventsToReadModels"),
        new("LagAndDriftToAlarms", "dynamodb:UpdateItem", "table/products-v1", Repair, As: "EventsToReadModels"),
        new("LagAndDriftToAlarms", "dynamodb:UpdateItem", "table/products-v2", Repair, As: "EventsToReadModels"),
        new("LagAndDriftToAlarms", "dynamodb:UpdateItem", "table/reviews-v1", Repair, As: "EventsToReadModels"),
        new("Operator", "dynamodb:BatchGetItem", "table/product-search-v1-words", Rebuild, As: "EventsToReadModels"),
        new("Operator", "dynamodb:ConditionCheckItem", "table/product-search-v1", "deletes words of products that no longer have them, in a rebuild (DynamoPostings)"),
        new("Operator", "dynamodb:DeleteItem", "table/best-sellers-v1", "deletes rankings that no order supports any more, in a rebuild", As: "HistoryToRecommendations"),
        new("Operator", "dynamodb:DeleteItem", "table/product-search-v1-words", Rebuild, As: "EventsToReadModels"),
        new("Operator", "dynamodb:DeleteItem", "table/recommendations-v1", "deletes rankings that no order supports any more, in a rebuild (DynamoRankings, as for best sellers)"),
        new("Operator", "dynamodb:GetItem", "table/orders-v1", Rebuild, As: "EventsToReadModels"),
        new("Operator", "dynamodb:GetItem", "table/products-v2", Rebuild, As: "EventsToReadModels"),
        new("Operator", "dynamodb:GetItem", "table/reviews-v1", Rebuild, As: "EventsToReadModels"),
        new("OrdersToTimeouts", "kinesis:PutRecords", "stream/commands", "ends an order that waited for five minutes; no journey waits that long", As: "EventsToOrders"),
        new("OrdersToTimeouts", "secretsmanager:GetSecretValue", "secret/clickhouse", "reads the log where a tip has no state of today's shape (StateReader)", As: "EventsToOrders"),
        new("OrdersToTimeouts", "sqs:SendMessage", "queue/orders-to-timeouts", Remainder),
        new("Page", "s3:DeleteObject", $"{PageFiles}/*", "a stack that goes empties the bucket of its page (page-files.mjs)"),
        new("Page", "s3:ListBucket", PageFiles, "a stack that goes empties the bucket of its page (page-files.mjs)"),
        new("Page", "s3:PutObject", $"{PageFiles}/*", "a deployment brings the page's files (page-files.mjs)"),
        new("QueryApi", "dynamodb:Query", "table/product-search-v1/index/by-name", ManyMatches),
        new("QueryApi", "dynamodb:Query", "table/product-search-v1/index/by-price", ManyMatches),
    ];
}
