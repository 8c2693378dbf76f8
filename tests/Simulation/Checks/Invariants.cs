namespace ServerlessCqrs.Simulation.Checks;

/// <summary>
/// The invariants of every world. Each is checked at the step that could break it. Those whose name says so are checked
/// at rest, after faults have stopped and everything has drained.
/// </summary>
public static class Invariants
{
    // Clients to Kinesis.
    public const string AcknowledgedIsOnTheStream = "a command is acknowledged only after Kinesis has stored it";
    public const string CommandIsTheWish = "the command on the stream is exactly what the client sent";
    public const string TokensAreJudged = "a request that needs a token succeeds only with a token valid by the service's clock";
    public const string AcceptedInTheClientsOrder = "a client's acknowledged commands are decided in the order it sent them";
    public const string AnswerIsTheOutcome = "an answer to a command states that command's outcome";

    public const string UrlsAreValid = "every URL in an answer is a valid URI reference";
    public const string TurnedAwayRightly = "a request is rejected before a decision only for a state that held when it arrived";

    // Decisions.
    public const string OneOutcomeACommand = "no command is decided twice";
    public const string AcknowledgedHasOutcome = "at rest every acknowledged command has an outcome in the log and at its status URL";
    public const string OutcomesInStreamOrder = "a stream's commands are decided in the order in which Kinesis stored them";
    public const string VersionsWithoutGap = "a stream's versions run from 1 to n, each once";
    public const string DecisionIsLegal = "deciding each command again on the state before it gives the same outcome";
    public const string ActorIsTheTokens = "an event's actor and owner come from the verified token";
    public const string TimeIsTheDecisions = "an event's time is the time of its decision, within one batch's duration and the clock skew";
    public const string AsOfIsWhatWasSeen = "a read as of a time returns what readers saw then, within one batch's duration and the clock skew";
    public const string TimeNeverRunsBackwards = "the times of a stream's events never decrease";
    public const string StockIsNeverNegative = "stock is never negative";

    // Orders.
    public const string AnswersAreTheSame = "the order process answers every delivery of an event with the same commands, ids and times";
    public const string NameIsKept = "a customer's name changes only to a different name";
    public const string DeactivatedWasKnown = "only a person with stored data is deactivated";

    public const string EveryEventIsAnswered = "at rest the order process has answered every event, and every answer has an outcome";
    public const string OrdersEnd = "at rest no order waits for its products";
    public const string OrderEndsOnce = "an order is confirmed at most once and ends at most once, and no ended order is confirmed";
    public const string LateReservationsGetNothing = "a reservation that arrives after its order released the stock reserves nothing";
    public const string StockFollowsTheOrders = "at rest an open or confirmed order holds exactly its quantity of stock, and an ended order holds none";
    public const string SettledIsLeftAlone = "a settled order is not sent its timeout";

    // The log.
    public const string LoggedWasCommitted = "every row in the log was committed by a tip, unchanged";
    public const string OverwrittenIsLogged = "a commit that a tip overwrites is already in the log";
    public const string LogIsWhole = "at rest the log holds every event and every outcome";
    public const string UnreadableIsRecorded = "at rest every unreadable record is recorded as refused";

    // Subscribers.
    public const string PublishedIsLogged = "an event is in the log before it is published";
    public const string ItemNeverFalls = "a read-model item's version never decreases";
    public const string ItemIsTheFold = "a read-model item always equals the fold up to its version";
    public const string ReadModelIsWhole = "at rest every item equals the fold of its stream, and no item is missing or extra";
    public const string AggregateIsTheSum = "an aggregate over streams always equals the sum of their contributions";
    public const string SearchIsExact = "at rest a search finds exactly the products that contain every word, in their category";
    public const string DoneIsApplied = "a message to a read model is deleted only after its events are applied or dead letters";
    public const string OneMail = "no mail is sent twice";
    public const string RefusedMailIsGivenUp = "a permanently refused mail is not sent again";
    public const string MailHasCause = "every mail has an event and goes to the watcher, customer or author whom the event concerns";
    public const string WatchersAreMailed = "at rest every watcher in the log has the mail, or the mail is listed as unknown";
    public const string CustomersAreMailed = "at rest every customer and review author has the mail about the result, or it is listed as unknown";
    public const string InvalidatedIsShown = "the edge is invalidated only for versions that the read model already shows";
    public const string EdgeNeverAhead = "the edge never serves an uncommitted version";
    public const string EdgeForgets = "an answer after an invalidation is not older than the invalidated version";
    public const string EdgeCatchesUp = "one s-maxage after rest the edge serves what the read model has";

    // Browsers.
    public const string HintsAreSpaced = "a socket gets at most one hint of a stream per second";
    public const string HintsArePrivate = "only an order's customer gets hints of it";
    public const string GoneIsForgotten = "a socket that was found closed gets no more posts";
    public const string DoneIsHinted = "a message to browsers is deleted only after its watchers know its versions, or another message names them";
    public const string PageIsHinted = "at rest a connected page knows the newest version of every stream it watches";
    public const string WatchCatchesUp = "the answer to a watch is as new as the stream was when the page asked";

    // Answers to readers.
    public const string AnswerIsTheFold = "every answer about a product, order or review equals the fold at the version it states";
    public const string AnswerIsNew = "an answer is as new as its source was when the request arrived, or says that it may be stale";
    public const string ReadsOwnWrites = "an answer to atLeastVersion is never older than that version, also at the edge";
    public const string CommittedIsFound = "a committed stream is never answered with 404, whatever the read models hold";
    public const string QueriesOnlyRead = "the query service writes nothing";
    public const string StatusTellsTheOutcome = "a status URL shows the outcome as soon as it is committed";
    public const string StatusIsPrivate = "only a command's actor and operators can read its outcome";
    public const string OrdersArePrivate = "only an order's customer and operators can read it";
    public const string PublicIsKept = "a product read from the read model is cacheable and has its version as its ETag";
    public const string KeptByNoOne = "a private, degraded, short-lived or failed answer is not cacheable";
    public const string EdgeKeys = "the edge answers from its cache only for the same request, and never with private data";

    public const string ListsAreWhole = "at rest a list has every item that belongs on it, once";
    public const string HealthIsTold = "at rest the health checks pass and no read model lags";

    // Everywhere.
    public const string FumblesAreRefused = "an invalid body is answered with a client error";
    public const string StoresTakeIt = "no request to a service exceeds its limits on size and characters";
    public const string NothingIsLost = "at rest no message remains, and no dead letter remains after its redrive";
    public const string ComesToRest = "after the last fault, all queues and streams drain within a bounded time";
    public const string PoisonIsBrief = "an unreadable record delays its shard for seconds at most";
    public const string PoisonStaysWithItsStream = "an event that cannot be handled blocks only its own stream";
    public const string NewerIsWaitedFor = "a message newer than the code waits for newer code and is never skipped";
    public const string NothingThrows = "nothing fails without an injected fault";
}
