BEGIN TRANSACTION;
CREATE TABLE checks (
	id INTEGER NOT NULL, 
	document_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	said TEXT NOT NULL, 
	is_right BOOLEAN NOT NULL, 
	reviewer TEXT NOT NULL, 
	made_at VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE corrections (
	id INTEGER NOT NULL, 
	document_id VARCHAR NOT NULL, 
	regions JSON NOT NULL, 
	field VARCHAR NOT NULL, 
	seen TEXT NOT NULL, 
	text TEXT NOT NULL, 
	reviewer TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	made_at VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "corrections" VALUES(1,'0123456789abcdef','[{"page": 2, "box": {"left": 70.0, "top": 120.5, "right": 90.0, "bottom": 140.0}}]','value_text','≥ 90','≥ 95','Lan','','2026-11-01');
CREATE TABLE documents (
	document_id VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	source_file TEXT NOT NULL, 
	state VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	detail TEXT NOT NULL, 
	code_version VARCHAR NOT NULL, 
	received_at VARCHAR NOT NULL, 
	finished_at VARCHAR NOT NULL, 
	seconds FLOAT NOT NULL, 
	type TEXT NOT NULL, 
	number TEXT NOT NULL, 
	date DATE, 
	issuer TEXT NOT NULL, 
	province TEXT NOT NULL, 
	province_code VARCHAR NOT NULL, 
	title TEXT NOT NULL, 
	appendix TEXT NOT NULL, 
	parent_document TEXT NOT NULL, 
	amends TEXT NOT NULL, 
	replaces TEXT NOT NULL, 
	superseded_by TEXT NOT NULL, 
	flags JSON NOT NULL, 
	PRIMARY KEY (document_id)
);
INSERT INTO "documents" VALUES('0123456789abcdef','0000000000000000000000000000000000000000000000000000000000000000','cao-bang.pdf','published','','','0.1.0+abc','2026-11-27T09:47:37+00:00','2026-11-27T09:47:37+00:00',1.5,'Quyết định','1139/QĐ-UBND','2025-07-09','Ủy ban nhân dân tỉnh Cao Bằng','Cao Bằng','04','Danh mục các chỉ tiêu cụ thể','Phụ lục I','','','','','[{"kind": "ink_outside_cells", "field": "", "detail": ""}]');
INSERT INTO "documents" VALUES('ffffffffffffffff','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff','khóa.pdf','quarantined','encrypted','khóa.pdf','0.1.0+abc','2026-11-27T09:47:37+00:00','2026-11-27T09:47:37+00:00',0.1,'','',NULL,'','','','','','','','','','[]');
INSERT INTO "documents" VALUES('eeeeeeeeeeeeeeee','eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee','chờ.pdf','received','','','','2026-11-27T09:47:37+00:00','',0.0,'','',NULL,'','','','','','','','','','[]');
CREATE TABLE indicators (
	document_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	record_id VARCHAR NOT NULL, 
	page INTEGER NOT NULL, 
	section_code VARCHAR NOT NULL, 
	section TEXT NOT NULL, 
	code VARCHAR NOT NULL, 
	parent_code VARCHAR NOT NULL, 
	"group" TEXT NOT NULL, 
	indicator TEXT NOT NULL, 
	indicator_id VARCHAR NOT NULL, 
	period VARCHAR NOT NULL, 
	unit TEXT NOT NULL, 
	unit_code VARCHAR NOT NULL, 
	value_text TEXT NOT NULL, 
	value_kind VARCHAR NOT NULL, 
	comparator VARCHAR NOT NULL, 
	value_low VARCHAR, 
	value_high VARCHAR, 
	agency TEXT NOT NULL, 
	coagency TEXT NOT NULL, 
	note TEXT NOT NULL, 
	confidence FLOAT NOT NULL, 
	appendix TEXT DEFAULT '' NOT NULL, 
	review_status VARCHAR NOT NULL, 
	put_off VARCHAR DEFAULT '' NOT NULL, 
	flag_count INTEGER NOT NULL, 
	flags JSON NOT NULL, 
	sources JSON NOT NULL, 
	repairs JSON NOT NULL, 
	as_read JSON, 
	PRIMARY KEY (document_id, position), 
	FOREIGN KEY(document_id) REFERENCES documents (document_id) ON DELETE CASCADE
);
INSERT INTO "indicators" VALUES('0123456789abcdef',0,'0123456789abcdef-I-7-2030',2,'I','Mục tiêu đến năm 2030','7','','','=SUM(A1:A9) là chữ','test.7','2030','%','pct','≥ 40','number','>=','40',NULL,'Sở Khoa học và Công nghệ; Văn phòng UBND tỉnh','','',0.987654,'','unreviewed','',0,'[]','[]','[]',NULL);
INSERT INTO "indicators" VALUES('0123456789abcdef',1,'0123456789abcdef-I-8-2030',2,'I','Mục tiêu đến năm 2030','8','','','Quy mô kinh tế số','test.8','2030','%','pct','≥ 0.6230','number','>=','0.6230',NULL,'Sở Khoa học và Công nghệ; Văn phòng UBND tỉnh','','',0.987654,'','unreviewed','',0,'[]','[]','[]',NULL);
INSERT INTO "indicators" VALUES('0123456789abcdef',2,'0123456789abcdef-I-9.1-2030',2,'I','Mục tiêu đến năm 2030','9.1','9','','Tổng vốn, đồng','test.9.1','2030','%','pct','≥ 1.5E+10','number','>=','1.5E+10','15000000000','Sở Khoa học và Công nghệ; Văn phòng UBND tỉnh','','',0.987654,'','unreviewed','',0,'[]','[]','[]',NULL);
INSERT INTO "indicators" VALUES('0123456789abcdef',3,'0123456789abcdef-I-9.2-2030',2,'I','Mục tiêu đến năm 2030','9.2','9','','Tỉ lệ cung cấp “dịch vụ công”, trực tuyến','test.9.2','2030','%','pct','≥ 95','number','>=','95',NULL,'Sở Khoa học và Công nghệ; Văn phòng UBND tỉnh','','',0.41,'','corrected','',1,'[{"kind": "low_confidence", "field": "", "detail": ""}]','[{"field": "value_text", "table_index": 0, "row": 2, "col": 3, "regions": [{"page": 2, "box": {"left": 70.0, "top": 120.5, "right": 90.0, "bottom": 140.0}}], "readings": [{"runs": [{"text": "> 90", "font": null}], "engine": "reader", "confidence": 0.98, "rivals": [], "witness": null}, {"runs": [{"text": "\u2265 90", "font": null}], "engine": "tesseract", "confidence": 0.91, "rivals": [], "witness": null}]}]','[{"field": "indicator", "read": "\u0111\u1ed1i", "became": "\u0111\u1ed5i", "why": "column consensus"}]','{"record_id": "0123456789abcdef-I-9.2-2030", "page": 2, "section_code": "I", "section": "M\u1ee5c ti\u00eau \u0111\u1ebfn n\u0103m 2030", "code": "9.2", "parent_code": "9", "group": "", "indicator": "T\u1ec9 l\u1ec7 cung c\u1ea5p \u201cd\u1ecbch v\u1ee5 c\u00f4ng\u201d, tr\u1ef1c tuy\u1ebfn", "indicator_id": "test.9.2", "period": "2030", "unit": "%", "unit_code": "pct", "value_text": "\u2265 90", "value_kind": "number", "comparator": ">=", "value_low": "90", "value_high": null, "agency": "S\u1edf Khoa h\u1ecdc v\u00e0 C\u00f4ng ngh\u1ec7; V\u0103n ph\u00f2ng UBND t\u1ec9nh", "coagency": "", "note": "", "confidence": 0.41, "appendix": "", "flags": [{"kind": "readers_disagree", "field": "value_text", "detail": ""}, {"kind": "low_confidence", "field": "", "detail": ""}], "sources": [{"field": "value_text", "table_index": 0, "row": 2, "col": 3, "regions": [{"page": 2, "box": {"left": 70.0, "top": 120.5, "right": 90.0, "bottom": 140.0}}], "readings": [{"runs": [{"text": "> 90", "font": null}], "engine": "reader", "confidence": 0.98, "rivals": [], "witness": null}, {"runs": [{"text": "\u2265 90", "font": null}], "engine": "tesseract", "confidence": 0.91, "rivals": [], "witness": null}]}], "repairs": [{"field": "indicator", "read": "\u0111\u1ed1i", "became": "\u0111\u1ed5i", "why": "column consensus"}]}');
CREATE TABLE pages (
	document_id VARCHAR NOT NULL, 
	page INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	width FLOAT NOT NULL, 
	height FLOAT NOT NULL, 
	tables INTEGER NOT NULL, 
	seconds FLOAT NOT NULL, 
	failure TEXT NOT NULL, 
	legibility JSON, 
	quarter_turns INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (document_id, page), 
	FOREIGN KEY(document_id) REFERENCES documents (document_id) ON DELETE CASCADE
);
INSERT INTO "pages" VALUES('0123456789abcdef',1,'digital',595.0,842.0,0,0.1,'','null',0);
INSERT INTO "pages" VALUES('0123456789abcdef',2,'scanned',595.0,842.0,1,0.7,'','{"kind": "ocr_garbage", "evidence": {"words": 90, "syllables": 0.3125, "marks": 0.01, "picture": 1.0, "unlayered": 0.0, "unmapped": 0.0, "agreement": null}, "encodings": [["VNI-Times", "vni"]]}',0);
CREATE TABLE tables (
	document_id VARCHAR NOT NULL, 
	"index" INTEGER NOT NULL, 
	content JSON NOT NULL, 
	PRIMARY KEY (document_id, "index"), 
	FOREIGN KEY(document_id) REFERENCES documents (document_id) ON DELETE CASCADE
);
INSERT INTO "tables" VALUES('0123456789abcdef',0,'{"document_id": "0123456789abcdef", "index": 0, "cells": [{"row": 0, "col": 0, "row_span": 1, "col_span": 1, "regions": [{"page": 2, "box": {"left": 70.0, "top": 120.5, "right": 90.0, "bottom": 140.0}}], "readings": [{"runs": [{"text": "STT", "font": null}], "engine": "reader", "confidence": 0.98, "rivals": [], "witness": null}], "quality": 1.0, "has_lost_rule": false}, {"row": 0, "col": 1, "row_span": 1, "col_span": 1, "regions": [{"page": 2, "box": {"left": 70.0, "top": 120.5, "right": 90.0, "bottom": 140.0}}], "readings": [{"runs": [{"text": "Ch\u1ec9 ti\u00eau", "font": null}], "engine": "reader", "confidence": 0.98, "rivals": [], "witness": null}], "quality": 1.0, "has_lost_rule": false}, {"row": 0, "col": 2, "row_span": 1, "col_span": 1, "regions": [{"page": 2, "box": {"left": 70.0, "top": 120.5, "right": 90.0, "bottom": 140.0}}], "readings": [{"runs": [{"text": "\u0110\u01a1n v\u1ecb", "font": null}], "engine": "reader", "confidence": 0.98, "rivals": [], "witness": null}], "quality": 1.0, "has_lost_rule": false}, {"row": 0, "col": 3, "row_span": 1, "col_span": 1, "regions": [{"page": 2, "box": {"left": 70.0, "top": 120.5, "right": 90.0, "bottom": 140.0}}], "readings": [{"runs": [{"text": "K\u1ebft qu\u1ea3", "font": null}], "engine": "reader", "confidence": 0.98, "rivals": [], "witness": null}], "quality": 1.0, "has_lost_rule": false}, {"row": 1, "col": 0, "row_span": 1, "col_span": 1, "regions": [{"page": 2, "box": {"left": 70.0, "top": 120.5, "right": 90.0, "bottom": 140.0}}], "readings": [{"runs": [{"text": "I", "font": null}], "engine": "reader", "confidence": 0.98, "rivals": [], "witness": null}], "quality": 1.0, "has_lost_rule": false}, {"row": 1, "col": 1, "row_span": 1, "col_span": 3, "regions": [{"page": 2, "box": {"left": 70.0, "top": 120.5, "right": 90.0, "bottom": 140.0}}], "readings": [{"runs": [{"text": "M\u1ee5c ti\u00eau \u0111\u1ebfn n\u0103m 2030", "font": null}], "engine": "reader", "confidence": 0.98, "rivals": [], "witness": null}], "quality": 1.0, "has_lost_rule": false}, {"row": 2, "col": 0, "row_span": 1, "col_span": 1, "regions": [{"page": 2, "box": {"left": 70.0, "top": 120.5, "right": 90.0, "bottom": 140.0}}], "readings": [{"runs": [{"text": "7", "font": null}], "engine": "reader", "confidence": 0.98, "rivals": [], "witness": null}], "quality": 1.0, "has_lost_rule": false}, {"row": 2, "col": 1, "row_span": 1, "col_span": 1, "regions": [{"page": 2, "box": {"left": 70.0, "top": 120.5, "right": 90.0, "bottom": 140.0}}], "readings": [{"runs": [{"text": "=SUM(A1:A9) l\u00e0 ch\u1eef", "font": null}], "engine": "reader", "confidence": 0.98, "rivals": [], "witness": null}], "quality": 1.0, "has_lost_rule": false}, {"row": 2, "col": 2, "row_span": 1, "col_span": 1, "regions": [{"page": 2, "box": {"left": 70.0, "top": 120.5, "right": 90.0, "bottom": 140.0}}], "readings": [{"runs": [{"text": "%", "font": null}], "engine": "reader", "confidence": 0.98, "rivals": [], "witness": null}], "quality": 1.0, "has_lost_rule": false}, {"row": 2, "col": 3, "row_span": 1, "col_span": 1, "regions": [{"page": 2, "box": {"left": 70.0, "top": 120.5, "right": 90.0, "bottom": 140.0}}], "readings": [{"runs": [{"text": "\u2265 40", "font": null}], "engine": "reader", "confidence": 0.98, "rivals": [], "witness": null}], "quality": 1.0, "has_lost_rule": false}], "doubtful_rows": []}');
CREATE TABLE users (
	name VARCHAR NOT NULL, 
	password VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	made_at VARCHAR NOT NULL, 
	PRIMARY KEY (name)
);
CREATE INDEX ix_documents_finished_at ON documents (finished_at);
CREATE INDEX ix_documents_state ON documents (state);
CREATE INDEX corrections_by_text ON corrections (field, seen);
CREATE INDEX ix_corrections_document_id ON corrections (document_id);
CREATE INDEX indicators_by_doubt ON indicators (flag_count, confidence);
CREATE INDEX ix_indicators_record_id ON indicators (record_id);
COMMIT;
