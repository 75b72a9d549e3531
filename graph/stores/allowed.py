"""What a plain read may consist of: the clauses, plan operators, functions and procedures that only read.

Functions are those of the Cypher manual; what an installation adds (apoc, gds) is not on the list. Operators are
those that a Neo4j 5.26 server names in its own plans (and the manual for 2026), without the ones that write,
administer, or read files; a new operator is refused until it is added here. Functions and procedures are written in
lower case, as they are compared.
"""

from __future__ import annotations

_CLAUSES = """
MatchClause WithClause ReturnClause UnwindClause CallClause SubqueryClause FinishClause OrderBySkipLimitClause
FilterClause LetClause ForUnwindClause
"""

_PROCEDURES = """
db.labels db.relationshiptypes db.propertykeys
db.schema.visualization db.schema.nodetypeproperties db.schema.reltypeproperties
db.index.fulltext.querynodes db.index.fulltext.queryrelationships
"""

_FUNCTIONS = """
all any exists isempty none single allreduce coalesce endnode head id elementid last length properties randomuuid
size startnode timestamp toboolean tobooleanornull tofloat tofloatornull tointeger tointegerornull type valuetype
nullif char_length character_length path_length
avg collect collect_list count max min percentilecont percentiledisc percentile_cont percentile_disc stdev stdevp
stddev_samp stddev_pop sum
keys labels nodes range reduce relationships reverse tail tobooleanlist tofloatlist tointegerlist tostringlist
abs ceil ceiling floor isnan rand round sign e exp log log10 ln sqrt power acos asin atan atan2 cos cosh cot coth
degrees haversin pi radians sin sinh tan tanh
btrim left lower ltrim normalize replace right rtrim split substring tolower tostring tostringornull toupper trim upper
shortestpath allshortestpaths
date datetime localdatetime localtime time duration
date.truncate datetime.truncate localdatetime.truncate localtime.truncate time.truncate
date.statement datetime.statement localdatetime.statement localtime.statement time.statement
date.transaction datetime.transaction localdatetime.transaction localtime.transaction time.transaction
date.realtime datetime.realtime localdatetime.realtime localtime.realtime time.realtime
datetime.fromepoch datetime.fromepochmillis
duration.between duration.inmonths duration.indays duration.inseconds
point point.distance point.withinbbox vector.similarity.cosine vector.similarity.euclidean
"""

_SCANS = """
AllNodesScan NodeByLabelScan IntersectionNodeByLabelsScan UnionNodeByLabelsScan SubtractionNodeByLabelsScan
NodeByIdSeek NodeByElementIdSeek NodeIndexScan NodeIndexSeek NodeUniqueIndexSeek NodeIndexSeekByRange
NodeUniqueIndexSeekByRange NodeIndexContainsScan NodeIndexEndsWithScan MultiNodeIndexSeek DynamicLabelNodeLookup
NodeCountFromCountStore RelationshipCountFromCountStore
DirectedRelationshipByIdSeek DirectedRelationshipByElementIdSeek DirectedAllRelationshipsScan
DirectedRelationshipTypeScan DirectedUnionRelationshipTypesScan DirectedRelationshipIndexScan
DirectedRelationshipIndexSeek DirectedRelationshipIndexSeekByRange DirectedRelationshipIndexContainsScan
DirectedRelationshipIndexEndsWithScan DirectedRelationshipUniqueIndexSeek DirectedRelationshipUniqueIndexSeekByRange
UndirectedRelationshipByIdSeek UndirectedRelationshipByElementIdSeek UndirectedAllRelationshipsScan
UndirectedRelationshipTypeScan UndirectedUnionRelationshipTypesScan UndirectedRelationshipIndexScan
UndirectedRelationshipIndexSeek UndirectedRelationshipIndexSeekByRange UndirectedRelationshipIndexContainsScan
UndirectedRelationshipIndexEndsWithScan UndirectedRelationshipUniqueIndexSeek
UndirectedRelationshipUniqueIndexSeekByRange
"""

_OPERATORS = """
Argument ArgumentTracker Input Unwind EmptyRow EmptyResult ProduceResults Error
Apply SemiApply AntiSemiApply LetSemiApply LetAntiSemiApply SelectOrSemiApply SelectOrAntiSemiApply
LetSelectOrSemiApply LetSelectOrAntiSemiApply ConditionalApply AntiConditionalApply RollUpApply
TriadicSelection TriadicBuild TriadicFilter CartesianProduct NodeHashJoin ValueHashJoin NodeLeftOuterHashJoin
NodeRightOuterHashJoin Expand OptionalExpand VarLengthExpand BFSPruningVarLengthExpand StatefulShortestPath
ShortestPath Repeat BidirectionalRepeat RepeatOptions PathPropagatingBFS Optional ProjectEndpoints
RemoteBatchProperties CacheProperties Projection Filter Anti Limit ExhaustiveLimit Skip Sort PartialSort Top
Top1WithTies PartialTop Distinct OrderedDistinct EagerAggregation OrderedAggregation Union OrderedUnion Eager
NonFuseable NullifyMetadata PreserveOrder ProcedureCall
"""

CLAUSES = frozenset(_CLAUSES.split())
"""As the embedded engine's grammar names them; CallClause is checked further by the procedure's name."""

PROCEDURES = frozenset(_PROCEDURES.split())

FUNCTIONS = frozenset(_FUNCTIONS.split())

OPERATORS = frozenset(
    [*_OPERATORS.split(), *_SCANS.split(), "PartitionedUnwind", *(f"Partitioned{name}" for name in _SCANS.split())]
)
"""As Neo4j names them, without the variant in brackets; ProcedureCall is checked further by the procedure's name."""
