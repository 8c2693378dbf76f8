namespace ServerlessCqrs.Streams;

/// <summary>A fact that happened to one stream. It carries a <see cref="WireNameAttribute"/>, is immutable, and stays readable for ever.</summary>
public interface IEvent;
