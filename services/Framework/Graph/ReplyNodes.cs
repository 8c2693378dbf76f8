using GraphQL.Types;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Web.Commands;

namespace ServerlessCqrs.Graph;

/// <summary>The answer of every mutation.</summary>
public sealed class ReplyNode : UnionGraphType
{
    public ReplyNode()
    {
        Name = "CommandResult";
        Type<AppliedNode>();
        Type<UnchangedNode>();
        Type<RefusedNode>();
        Type<PendingNode>();
    }
}

/// <summary>A command that is decided, and not refused.</summary>
public abstract class DoneNode : ObjectGraphType<Reply.Decided>
{
    private protected DoneNode(string name, CommandStatus status)
    {
        Name = name;
        IsTypeOf = reply => reply is Reply.Decided decided && decided.Outcome.Status == status;
        Field<NonNullGraphType<IdGraphType>>("commandId").Resolve(reply => reply.Source.Outcome.CommandId);
        Field<NonNullGraphType<IdGraphType>>("stream").Resolve(reply => reply.Source.Outcome.Stream.ToString());
        Field<NonNullGraphType<IntGraphType>>("version").Description("The stream's version after the command.").Resolve(reply => reply.Source.Outcome.Version);
        Field<NonNullGraphType<BooleanGraphType>>("replayed").Description("True if an earlier request with the same key sent the command.").Resolve(reply => reply.Source.Replayed);
    }
}

public sealed class AppliedNode : DoneNode
{
    public AppliedNode()
        : base("Applied", CommandStatus.Applied)
    {
        Description = "The command changed its stream.";
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("events").Resolve(reply => reply.Source.Outcome.Events);
    }
}

public sealed class UnchangedNode : DoneNode
{
    public UnchangedNode()
        : base("Unchanged", CommandStatus.Unchanged)
    {
        Description = "The stream already was as the command wants it.";
    }
}

/// <summary>A refusal before or after the command was sent.</summary>
public sealed class RefusedNode : ObjectGraphType<Reply>
{
    public RefusedNode()
    {
        Name = "Refused";
        Description = "The command changed nothing, and a retry would not.";
        IsTypeOf = reply => reply is Reply.NotSent or Reply.Decided { Outcome.Status: CommandStatus.Refused };
        Field<NonNullGraphType<StringGraphType>>("code").Description("The stable code of the REST problem.").Resolve(reply => reply.Source switch
        {
            Reply.NotSent { Problem: var problem } => problem.Code,
            Reply.Decided { Outcome: var outcome } => outcome.Code ?? "refused",
            _ => null,
        });
        Field<NonNullGraphType<StringGraphType>>("reason").Description("The reason for people.").Resolve(reply => reply.Source switch
        {
            Reply.NotSent { Problem: var problem } => problem.Detail,
            Reply.Decided { Outcome: var outcome } => outcome.Reason ?? "The command was refused. The code names the reason.",
            _ => null,
        });
    }
}

public sealed class PendingNode : ObjectGraphType<Reply.Pending>
{
    public PendingNode()
    {
        Name = "Pending";
        Description = "Kinesis has the command. It is decided once, and its status URL returns the outcome.";
        IsTypeOf = reply => reply is Reply.Pending;
        Field<NonNullGraphType<IdGraphType>>("commandId").Resolve(reply => reply.Source.Command.CommandId);
        Field<NonNullGraphType<IdGraphType>>("stream").Resolve(reply => reply.Source.Command.Stream.ToString());
        Field<NonNullGraphType<StringGraphType>>("statusUrl").Resolve(reply => AnswerBody.UrlOf(reply.Source.Command));
    }
}
